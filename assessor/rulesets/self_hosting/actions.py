"""Define what to do under each outcome besides closing gaps: what to confirm, choose and keep in mind."""

from assessor.model.conditions import any_of
from assessor.model.rules.actions import Action
from assessor.rulesets.self_hosting.facts.people import one_site_rota, two_site_rota
from assessor.rulesets.self_hosting.facts.product import (
    audit_defaults,
    baa_plans,
    bot_runtime,
    cloud_sla,
    hosted_certifications,
    minor_deadline,
    outside_us,
    recommended_path,
    self_hosted_hipaa,
    streaming_plans,
    streaming_tools,
    upgrade_order,
    version_lag,
    vm_bots,
)
from assessor.rulesets.self_hosting.gaps import gaps
from assessor.rulesets.self_hosting.outcomes import (
    cloud,
    cloud_enterprise,
    extend,
    get_ready,
    light,
    must_fork,
    region_open,
    self_host,
    talk,
)
from assessor.rulesets.self_hosting.questions.needs import (
    bots,
    certifications,
    connectivity,
    current,
    fork,
    isolation,
    logs,
    phi,
    platform,
    purpose,
    residency,
    sla,
)

operated = (self_host, get_ready)
own_server = (self_host, get_ready, light)
hosted = (cloud, cloud_enterprise)

confirmations = (
    Action(
        "confirm-region",
        "Confirm with Medplum, in writing, where the data would be hosted",
        (cloud_enterprise, self_host, get_ready, extend),
        residency.is_("elsewhere"),
        f"{outside_us}: one keeps all hosted data in the US, another offers other regions with Enterprise.",
    ),
    Action(
        "confirm-hipaa",
        "Confirm with Medplum which HIPAA controls you inherit, and which you must show yourself",
        own_server,
        phi,
        f"{self_hosted_hipaa}: one says that your server inherits HIPAA controls, another limits its documents to the "
        "hosted environment.",
    ),
    Action(
        "confirm-vm-bots",
        "Confirm with Medplum before you run VM-context bots in production",
        own_server,
        bots.is_("some", "critical") & platform.is_("gcp", "azure", "kubernetes", "vm"),
        f"{vm_bots}: one warns against them without safety measures, two production guides switch them on.",
    ),
    Action(
        "confirm-install-path",
        "Confirm with Medplum how to install it on your platform",
        operated,
        because=f"{recommended_path}: the overview recommends AWS, the Kubernetes page recommends Kubernetes for "
        "production.",
    ),
)

operation = (
    Action(
        "own-infrastructure",
        "Name an owner for each part besides the server: database, Redis, storage, network, certificates",
        (*operated, talk),
        because="You maintain and pay for the supporting infrastructure.",
    ),
    Action(
        "pin-versions",
        f"Pin the server's version, and upgrade {upgrade_order}",
        (*own_server, talk),
        because=f"Plan each minor upgrade within {minor_deadline} of its release, and stay within {version_lag}.",
    ),
    Action(
        "audit-events",
        "Switch on audit events, and decide where they are kept",
        own_server,
        phi,
        f"On a server of your own, audit events are {audit_defaults}. Medplum's FAQ says that every call "
        "is captured. Ask whether that includes your own server.",
    ),
    Action(
        "rota-size",
        f"Check that the pager rota has {one_site_rota} at one site, or {two_site_rota} at each of two",
        operated,
        because="This is Google's advice for a rota that lasts. Fewer can do it for a while.",
    ),
    Action(
        "bots-off-aws",
        "Decide where critical bots run before you leave AWS",
        own_server,
        bots.is_("critical") & platform.is_("gcp", "azure", "kubernetes", "vm"),
        f"Bots run on {bot_runtime}. Fission on Kubernetes is documented, too; VM context is for trusted environments.",
    ),
    Action(
        "back-up-small-machine",
        "Back up the machine to another place, encrypt its disk, and test a restore",
        (light,),
        phi,
        "Small machines get lost, stolen and broken, and the patient data with them.",
    ),
    Action(
        "plan-for-outages",
        "Plan what users do while the connection is down",
        (*hosted, extend),
        connectivity.is_("intermittent", "offline"),
        "You cannot reach the hosted service then. A lightweight instance on site would still work.",
    ),
    Action(
        "extend-first",
        "Meet the need without a fork: by configuration, an extension point or a change upstream",
        operated,
        fork & ~must_fork,
        "Your reason to self-host does not depend on it, and a fork adds a merge to every upgrade.",
    ),
    Action(
        "budget-merges",
        "Set time aside to merge every release into the fork",
        operated,
        must_fork,
        "Security patches come as releases, so you merge them, too.",
    ),
    Action(
        "own-uptime",
        "Set the uptime that you promise, and build for it",
        own_server,
        sla,
        f"Medplum's uptime of {cloud_sla} holds for the hosted platform only.",
    ),
    Action(
        "own-certifications",
        "Plan your own certifications",
        own_server,
        certifications,
        f"{hosted_certifications} apply to the hosted service, not to your own server.",
    ),
)

plans = (
    Action(
        "baa",
        "Sign a business associate agreement before you store any patient data",
        (*hosted, *own_server, extend),
        phi,
        f"It comes with {baa_plans}.",
    ),
    Action(
        "log-streaming-plan",
        "Choose a plan with log streaming",
        (*hosted, extend),
        logs,
        f"{streaming_plans} stream logs, to {streaming_tools} for example.",
    ),
    Action(
        "contract-uptime",
        "Have the uptime written into your contract",
        (*hosted, extend),
        sla,
        f"The page that names {cloud_sla} calls itself documentation, not a contract.",
    ),
    Action(
        "hosted-certifications",
        "Ask which certificates and reports your plan includes",
        (*hosted, extend),
        certifications,
        f"The hosted service has {hosted_certifications}; which plan includes what varies.",
    ),
    Action(
        "start-free",
        "Start on the Free plan",
        (cloud,),
        purpose.is_("learning", "prototype") & ~phi,
        "It comes without a business associate agreement, so change plans before you store patient data.",
    ),
    Action(
        "use-synthetic-data",
        "Learn on synthetic data, and leave real patients out of it",
        (cloud, light),
        purpose.is_("learning") & phi,
        "Without patient data, a small instance of your own or the Free plan is enough.",
    ),
    Action(
        "enterprise-region",
        "Ask Medplum about the Enterprise plan, too",
        (extend,),
        any_of(region_open, isolation),
        "A region outside the US or dedicated infrastructure depends on that plan.",
    ),
    Action(
        "plan-migration",
        "If you move, do it instead of your next major upgrade, and ask Medplum for help",
        hosted,
        current.is_("running-fine"),
        "There is no hurry: your server runs well.",
    ),
)

actions = (*gaps, *confirmations, *operation, *plans)
