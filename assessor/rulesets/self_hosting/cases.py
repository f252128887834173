"""Define worked examples, shown on the site and run as tests."""

from assessor.model.answers import Answer
from assessor.model.cases import Case
from assessor.rulesets.self_hosting.facts.people import spike_fte
from assessor.rulesets.self_hosting.outcomes import cloud, cloud_enterprise, extend, get_ready, light, self_host, talk
from assessor.rulesets.self_hosting.plans import enterprise, free, premium, production
from assessor.rulesets.self_hosting.questions.means import ticks

Answers = dict[str, Answer]

# The situation and reasons of the simplest reader: a new, well-connected instance, with no reason to self-host.
_plain: Answers = {
    "current": "new",
    "purpose": "production",
    "phi": True,
    "connectivity": "reliable",
    "footprint": "moderate",
    "onprem-mandate": False,
    "residency": "none",
    "isolation": False,
    "fork": False,
}
_all_ticked: Answers = {question.id: True for question in ticks}
_ready_team: Answers = {**_all_ticked, "fte": 1, "surge-fte": 4}
_us: Answers = {"residency": "us"}
_mandate: Answers = {"onprem-mandate": True, "mandate-cited": True}
_forced_fork: Answers = {"fork": True, "extension-tried": True, "fork-reason": "licence"}

cases = (
    Case(
        "eu-hospital-ready",
        "EU hospital with a ready team",
        "A hospital in the EU has a contract that requires on-premises hosting, and a platform team that runs "
        "clinical systems already.",
        {**_plain, **_mandate, **_ready_team, "footprint": "heavy", "platform": "kubernetes"},
        self_host,
    ),
    Case(
        "eu-hospital-no-pager",
        "EU hospital without a pager",
        "The same hospital, but nobody answers at night.",
        {**_plain, **_mandate, **_ready_team, "footprint": "heavy", "platform": "kubernetes", "pager": False},
        get_ready,
    ),
    Case(
        "federal-contract-few-people",
        "US federal contract, too few people",
        "A contractor of the US federal government must host on its own premises, and can spare a day a week.",
        {**_plain, **_us, **_mandate, **_all_ticked, "fte": 0.2, "surge-fte": spike_fte.number},
        get_ready,
    ),
    Case(
        "rural-clinic",
        "Rural clinic on a small machine",
        "A clinic at the end of an unreliable line needs a patient list and a few forms on one small machine.",
        {**_plain, "connectivity": "intermittent", "footprint": "minimal", "logs": False, "platform": "vm"},
        light,
        also=(production,),
    ),
    Case(
        "device-maker",
        "Maker of a medical device",
        "A FHIR server on a device in development has to work without a connection, for one device's data.",
        {**_plain, "purpose": "prototype", "phi": False, "connectivity": "offline", "footprint": "minimal"},
        light,
    ),
    Case(
        "hospital-ship",
        "Hospital ship",
        "A ship runs a whole hospital, out of reach for weeks, with its own engineers aboard and ashore.",
        {**_plain, **_ready_team, "connectivity": "offline", "footprint": "moderate", "platform": "vm"},
        self_host,
    ),
    Case(
        "student",
        "Student",
        "A student wants to learn how such a system is run, with synthetic patients on a small machine.",
        {**_plain, "purpose": "learning", "phi": False, "footprint": "minimal", "logs": False, "platform": "vm"},
        light,
        also=(free,),
    ),
    Case(
        "student-with-patient-data",
        "Student with patient data",
        "The same student, with the records of a practice where the family works. Learning is no reason to put those "
        "on a machine of one's own.",
        {**_plain, "purpose": "learning", "phi": True, "footprint": "minimal", "platform": "vm"},
        cloud,
    ),
    Case(
        "startup",
        "Start-up in the US",
        "A young company in the US builds an application for production, and has no reason to host anything itself.",
        {**_plain, **_us, "logs": True, "sla": True},
        cloud,
        also=(premium,),
    ),
    Case(
        "prototype",
        "Prototype on synthetic data",
        "Two founders show investors what they mean to build, without one real patient.",
        {**_plain, "purpose": "prototype", "phi": False, "footprint": "minimal"},
        cloud,
    ),
    Case(
        "runs-well-without-reason",
        "Runs well, without a reason",
        "A team has hosted Medplum itself since day one, does it well, and can no longer say why.",
        {**_plain, **_ready_team, "current": "running-fine"},
        cloud,
    ),
    Case(
        "feature-fork",
        "Fork for a feature",
        "A team wants to change how search ranks its results, and has looked at nothing but the server's code.",
        {**_plain, "fork": True, "extension-tried": False, "fork-reason": "feature"},
        extend,
    ),
    Case(
        "licence-fork-ready",
        "Fork because of the licence, all tried",
        "In a future where the licence is no longer open, a company has tried everything else, and has "
        "the team to go on.",
        {**_plain, **_ready_team, **_forced_fork},
        self_host,
    ),
    Case(
        "licence-fork-untried",
        "Fork because of the licence, nothing tried",
        "The same company, before it has tried anything else.",
        {**_plain, **_ready_team, **_forced_fork, "extension-tried": False},
        extend,
    ),
    Case(
        "canada-confirmed",
        "Data in Canada, confirmed",
        "The data must stay in Canada, and Medplum has confirmed that it can host them there.",
        {**_plain, "residency": "elsewhere", "region-confirmed": True},
        cloud_enterprise,
        also=(enterprise,),
    ),
    Case(
        "residency-turned-down",
        "Data where Medplum cannot host them",
        "The data must stay in a country where Medplum has said that it cannot host, and the team lacks a second "
        "person who knows the installation.",
        {**_plain, **_ready_team, "residency": "elsewhere", "region-confirmed": False, "two-know-it": False},
        get_ready,
    ),
    Case(
        "dedicated-infrastructure",
        "Customers who ask for isolation",
        "A vendor's customers demand infrastructure that nobody else shares. They do not care who runs it.",
        {**_plain, **_us, "isolation": True, "certifications": True},
        cloud_enterprise,
        also=(enterprise,),
    ),
    Case(
        "struggling-at-scale",
        "At scale and struggling, with a mandate",
        "A health system has to host on its premises, does so at scale, and is two years behind with upgrades.",
        {**_plain, **_mandate, "current": "struggling", "footprint": "heavy", "upgrade-owner": False},
        talk,
    ),
)
