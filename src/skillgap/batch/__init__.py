"""Many resumes: the whole line once for each file, in workers that may fail alone."""
