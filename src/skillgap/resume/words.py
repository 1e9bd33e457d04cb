"""The words that headings, titles, employers and degrees are made of."""

from __future__ import annotations

from collections.abc import Mapping

from skillgap.resume.model import SectionKind as Kind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


def _kinds(texts: Mapping[Kind, str], separator: str | None = None) -> dict[str, Kind]:
    """Turn the words (or, with a separator, phrases) of each kind into a table by word."""
    return {
        " ".join(word.split()): kind
        for kind, text in texts.items()
        for word in text.split(separator)
    }


# Words that make a heading by themselves.
HEADING_NOUNS = _kinds(
    {
        Kind.CONTACT: """
            contact contacts address links profiles location nationality kontakt
        """,
        Kind.OBJECTIVE: """
            objective objectives goal goals aim aims aspiration aspirations
        """,
        Kind.EXPERIENCE: """
            employment internship internships appointments placements placement jobs secondments
            secondment traineeships traineeship apprenticeship employments emplyment occupation
            apprenticeships exp
        """,
        Kind.PROJECTS: """
            project projects portfolio hackathons hackathon opensource
        """,
        Kind.EDUCATION: """
            education edu schooling studies school degrees degree coursework courseworks
            academics educational eduction ausbildung
        """,
        Kind.SKILLS: """
            skill skills competencies competences competency competence proficiencies
            proficiency expertise technologies technology tools toolset toolbox toolkit tech
            stack knowledge abilities capabilities strengths software frameworks framework
            libraries skillset skillsets techstack specialties specialities specialisms
            specializations methodologies methods know-how toolchain technicals
        """,
        Kind.CERTIFICATES: """
            certification certifications certificate certificates certs licenses licences
            license licence licensure accreditation accreditations credentials courses course
            training trainings moocs workshops
        """,
        Kind.PUBLICATIONS: """
            publication publications papers talks presentations posters patents patent articles
            preprints speaking writing conferences bibliography lectures books theses
        """,
        Kind.AWARDS: """
            awards award honors honours achievements achievement accomplishments scholarships
            decorations medals scholarship fellowships fellowship grants distinctions prizes
            recognition recognitions competitions honor
        """,
        Kind.VOLUNTEER: """
            volunteer volunteering voluntary volunteerism community extracurricular
            extracurriculars outreach charity civic leadership co-curricular extra-curricular
            extra-curriculars volunteerships
        """,
        Kind.LANGUAGES: """
            language languages lang langs linguistic sprachen
        """,
        Kind.INTERESTS: """
            interests interest hobbies hobby passions pastimes leisure pursuits
        """,
        Kind.REFERENCES: """
            references reference referees refs ref's recommendations testimonials referee
        """,
        Kind.SUMMARY: """
            about bio biography introduction intro
        """,
        Kind.OTHER: """
            miscellaneous misc memberships membership affiliations declaration affiliation
            availability appendix patronages service mobility
        """,
    }
)

# Words that name a section unless a stronger one stands beside them: "project experience".
HEADING_WEAK_NOUNS = _kinds(
    {
        Kind.EXPERIENCE: """
            experience experiences history work career positions position background teaching
            consulting freelance engagements track assignments exposure roles
        """,
        Kind.SUMMARY: """
            summary profile overview highlights statement snapshot synopsis
        """,
        Kind.INTERESTS: """
            activities
        """,
        Kind.EDUCATION: """
            qualifications qualification academic
        """,
        Kind.OTHER: """
            other others additional personal notes note details information info further
        """,
    }
)

# Whole headings whose words alone would not tell, or would tell something else.
HEADING_PHRASES = _kinds(
    {
        Kind.CONTACT: """
            contact me, contact details, contact information, contact info, get in touch,
            personal details, personal information, personal info, personal data, personal
            particulars, find me online, social media, on the web, personalia, bio data,
            biodata, reach me, links, my details, social links, online presence, personal
            profile details
        """,
        Kind.SUMMARY: """
            about me, who i am, executive summary, personal statement, hello, hi, at a glance,
            summary of qualifications, qualifications summary, career highlights, career
            summary, professional highlights, elevator pitch, in short, in brief, nutshell, in a
            nutshell, summary of experience, experience summary, tl dr, tldr, what i offer,
            value proposition, qualifications profile, career profile, career overview, profile
            summary, zusammenfassung, introducing myself, qualification highlights, highlights
            of qualifications, personal profile, research interests statement, career statement,
            professional background summary
        """,
        Kind.OBJECTIVE: """
            looking for, what i am looking for, what i'm looking for, job target, desired
            position, position desired, career plan, target role, seeking, next role
        """,
        Kind.EXPERIENCE: """
            where i have worked, where i've worked, where i worked, what i have done, what i've
            done, what i did, things i did, things i did recently, things i have done, before
            that, previously, career to date, work, career, current role, current roles, recent
            roles, previous roles, earlier roles, other roles, roles, current job, previous
            jobs, my work, professional journey, career path, career journey, professional
            career, work life, professional activities, professional activity, work done, track
            record, work summary, job summary, employment summary,
            berufserfahrung, positions held, previous positions, industry exposure,
            military service, military experience
        """,
        Kind.PROJECTS: """
            open source, open source contributions, open source work, things i built, things
            i've built, what i built, what i've built, things i have built, case studies,
            selected work, selected works, side work, open source software, research projects
        """,
        Kind.EDUCATION: """
            academic background, academic qualifications, academic qualification, academic
            history, academic record, educational qualifications, educational qualification,
            educational background, educational history, academic credentials, academic
            training, scholastic record, academic profile, academia, academic details, where i
            studied, what i studied, where i learned, where i learnt, what i learned, where
            i've studied, what i've studied, what i have studied, where i have studied, where
            i've learned, where i've learnt, educational details, academic achievements, academic
            education, university education
        """,
        Kind.SKILLS: """
            what i use, things i use, tools i use, what i know, things i know, what i do best, a
            note on tools, technical, tech, project management, data analysis, programme
            management, program management, core qualifications, key qualifications, uses, day
            to day tools, technical qualifications, key strengths, technical environment,
            technical background, technical summary, technical profile, technical overview,
            technical knowledge, my stack, i use, what i work with, things i work with,
            programming languages, programming, languages i use, computer languages, coding
            languages, scripting languages, technical languages, it, kenntnisse, professional
            strengths, what i can do, what i'm good at, what i am good at, areas of focus
        """,
        Kind.CERTIFICATES: """
            professional qualifications, professional qualification, professional development,
            online learning, continuing education, continuous learning, continuous professional
            development, professional training, further education and training, additional
            training, further training, additional courses
        """,
        Kind.PUBLICATIONS: """
            research output, selected writing, public speaking, blog, blog posts, talks and
            publications
        """,
        Kind.AWARDS: """
            achievements, key achievements, major achievements
        """,
        Kind.VOLUNTEER: """
            giving back, positions of responsibility, position of responsibility, social work,
            social engagement, community service, volunteer work, voluntary work, pro bono,
            social service, community involvement, civic engagement, volunteer service,
            leadership and activities, student activities, campus activities, campus
            involvement, student organisations, student organizations, clubs and societies,
            societies, societies and clubs
        """,
        Kind.LANGUAGES: """
            language skills, languages known, foreign languages
        """,
        Kind.INTERESTS: """
            research interests, outside work, outside of work, beyond work, fun facts, free
            time, in my free time, when not working, spare time, away from the desk, after
            hours, activities, activities and interests, extra curricular interests, not at
            work, life outside work
        """,
        Kind.REFERENCES: """
            references available on request, references available upon request, references on
            request, referees on request
        """,
        Kind.OTHER: """
            other, others, additional, additional information, other information, other details,
            further information, additional details, and another thing, personal, notes,
            security clearance, clearance, work authorization, work authorisation, driving
            licence, driving license, professional memberships, professional affiliations,
            teaching and supervision
        """,
    },
    separator=",",
)

# Made of heading words, and none: how well a language is spoken.
NO_HEADINGS = _phrases(
    """
    professional working proficiency, full professional proficiency, working proficiency,
    professional proficiency, professional knowledge, working knowledge
    """
)

# Words that may stand in a heading and name no section themselves.
HEADING_MODIFIERS = _words(
    """
    professional working relevant related selected technical key core industry industrial
    commercial research main major notable recent current previous past earlier prior early
    special specialist general soft hard computer it digital programming analytical engineering
    data machine learning ai ml business management clinical scientific science field
    international national entrepreneurial side independent own open source university graduate
    undergraduate postgraduate college higher formal continuing online short mandatory foreign
    spoken natural human my the a an of in on list section matrix areas area fields set sets
    record brief detailed full public invited conference peer-reviewed refereed journal extra
    curricular involvement contributions contribution professionally interpersonal transferable
    functional practical hands-on used with for and to available upon request military creative
    social media featured favourite favorite example examples sample samples development
    civilian board trustee non-executive executive paid unpaid corporate
    programme programs program life at glance body outside after post doctoral postdoctoral
    laboratory lab technological top domain domains essential primary secondary written oral
    student visiting parttime part-time full-time summer society societies bodies events
    received earned completed attended taken subjects modules known
    """
)

# The last words of headings that people also use as labels inside an entry.
ENTRY_LABELS = _words(
    """
    achievements achievement accomplishments highlights technologies technology tools stack tech
    techstack projects project coursework modules frameworks software methods skills languages
    exposure position positions teaching work leadership courses degree degrees awards award
    honors honours scholarship exp volunteer volunteering research thesis theses papers patents
    other details information notes personal description summary objective overview libraries
    databases platforms training
    """
)

# What people are called at work; in the singular.
TITLES = _words(
    """
    engineer scientist analyst developer dev programmer manager mgr intern lead leader head
    director architect consultant researcher statistician specialist administrator admin officer
    assistant associate fellow professor lecturer teacher tutor instructor student trainee
    apprentice nurse accountant clerk auditor actuary economist designer founder co-founder
    cofounder president chief vp cto cio cdo ceo coo cfo owner freelancer freelance contractor
    coordinator co-ordinator supervisor technician operator representative executive agent
    advisor adviser strategist planner buyer editor writer journalist postdoc postdoctoral
    mentor volunteer ambassador organiser organizer treasurer secretary chair chairman
    chairwoman coach captain member partner principal biologist chemist physicist mathematician
    biostatistician bioinformatician epidemiologist pharmacist physician doctor surgeon
    therapist technologist maintainer contributor mle sde swe de ds se master driver cashier
    barista waiter waitress server salesperson grader evangelist advocate practitioner modeller
    modeler quant tester enumerator recruiter cna rn internship traineeship placement tl expert
    generalist librarian translator curator investigator observer reviewer judge lawyer
    paralegal attorney counsel foreman farmer chef cook pilot marketer geologist psychologist
    sociologist linguist astronomer ecologist scholar resident werkstudent staff demonstrator
    facilitator controller bookkeeper merchandiser estimator surveyor inspector receptionist
    ta ra employee hygienist dentist paramedic caregiver trader broker underwriter banker teller
    adjuster technologue ingénieur engenheiro analista entwickler wissenschaftler annotator
    labeller labeler entrepreneur undergraduate
    """
)

# What may stand behind a title and says its level.
LEVELS = _words(
    """
    i ii iii iv v 1 2 3 4 sr jr senior junior mid level
    """
)

# Words after which a title goes on: "Head of Data", "Manager: Analytics".
TITLE_LINKS = _words(
    """
    of for in and to & / → -> : - – with de du des
    """
)

# Words in the names of employers.
ORGANISATIONS = _words(
    """
    bank hospital clinic clinique center centre council ministry department dept agency
    foundation laboratory laboratories laboratorio lab labs systems solutions technologies
    technology software consulting consultancy consultoria services insurance logistics studio
    studios partners media network networks industries ventures capital pharma pharmaceuticals
    energy motors robotics analytics airlines airways railways telecom telecoms payments foods
    hotel hotels library museum society association club trust charity church army navy
    government county municipality authority organisation organization enterprises retail
    international global worldwide digital interactive games health healthcare medical biotech
    investments finance financial securities microfinance assurance mobile store stores group
    holding holdings gmbh coop cooperative mutual brothers sons exchange press publishing bakery
    restaurant observatory verlag bootcamp associates consultants advisors advisers
    """
)

# Legal forms that make a name a company's wherever they stand in it.
LEGAL_FORMS = _words(
    """
    ltd limited inc llc llp gmbh plc corp corporation incorporated s.p.a spa s.r.l srl pty pvt sarl
    s.a.r.l o.o pte bhd b.v n.v s.a s.a.s aps a.s
    """
)
# Legal forms that are other words too, so that only the last word counts.
SHORT_LEGAL_FORMS = _words("ag kg ab as sa sas co bv nv oy kk company")

# How the words for schools and universities begin, in the languages of resumes in English.
SCHOOL_STEMS = tuple(
    _words(
        """
        univ college school institut academ académ akadem polytech politec hochschule facult
        gymnasium lycée lycee escola école ecole vidyashala uniwersytet conservator
        """
    )
)
SCHOOLS = _words("tu eth mit iit nit ucl lse epfl kth")

# Whole pieces of a head that are a place or a way of working and name nobody.
PLACES = _phrases(
    """
    remote, hybrid, on-site, onsite, on site, uk, us, usa, u.s, u.s.a, eu, united kingdom,
    england, united states, scotland, wales, ireland, germany, france, spain, italy, portugal,
    poland, netherlands, belgium, austria, switzerland, sweden, norway, denmark, finland,
    canada, australia, new zealand, india, china, japan, singapore, brazil, mexico, nigeria,
    kenya, south africa, israel, turkey, greece, romania, ukraine, london, leeds, york,
    manchester, new york, san francisco, berlin, munich, paris, boston, seattle, chicago,
    toronto, vancouver, bangalore, bengaluru, mumbai, pune, delhi, dublin, amsterdam,
    part-time, part time, full-time, full time, contract, permanent, expected, gpa, cgpa
    """
)
