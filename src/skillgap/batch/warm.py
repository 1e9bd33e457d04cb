"""Imported by the process that workers are forked from: they share what is loaded here.

A worker then takes 20 ms to start instead of a second and a half, so that one that died is
replaced at once, and the memory of many is little more than that of one.
"""

from __future__ import annotations

import gc
import os

# One thread each: the workers are the parallelism, and a process that forks must have no other.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from skillgap.batch.model import BatchOptions  # noqa: E402
from skillgap.batch.worker import warm_up  # noqa: E402

warm_up(BatchOptions())
gc.collect()
gc.freeze()  # what is here for good is never looked at again, so that its pages stay shared
