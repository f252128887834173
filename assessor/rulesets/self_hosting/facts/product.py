"""Define facts about Medplum: releases, ways to install it, the hosted service, and where its pages disagree."""

from assessor.model.facts import Fact
from assessor.rulesets.self_hosting.facts.people import CHECKED, premium_price

_BLOB = "https://github.com/medplum/medplum/blob"
_DOCS = "https://www.medplum.com/docs"
_VERSIONS = f"{_DOCS}/compliance/versions"
_BEST_PRACTICES = f"{_DOCS}/self-hosting/best-practices"
_BACKUP = f"{_BLOB}/f6c9d00abd5be47c1054d3c1616befc3bcfd5660/packages/docs/docs/compliance/backup-and-recovery.md"
_FAQ = f"{_BLOB}/0636064e3aac5e60b4240f0b5b562b3f21ef45d4/packages/docs/src/pages/faq.tsx"
_HIPAA = f"{_BLOB}/20cfe8ccc771876f996f3fe7b269d41415bb0847/packages/docs/docs/compliance/hipaa.md"
_HITRUST = f"{_BLOB}/0c33034d769ad3cfc3d36cc737c7bbfc7d701161/packages/docs/docs/compliance/hitrust.md"
_GCP = f"{_BLOB}/0be83eb59a23925737d6f9adb52ec6f49cd5be95/packages/docs/docs/self-hosting/install-on-gcp.md"
_UBUNTU = f"{_BLOB}/05b1fcb4a1713eb0168f0d570d1d4cf86f63dffd/packages/docs/docs/self-hosting/install-on-ubuntu.md"
_BOTS = "https://medplum.com/docs/bots/running-bots-locally"
_V5 = "https://www.medplum.com/blog/v5-release"

# Releases and upgrades

releases = Fact(
    "releases",
    "one major release a year",
    title="Release schedule",
    source=f"{_VERSIONS}#release-schedule",
    checked=CHECKED,
    note="In the fourth quarter. Besides, two to three minor releases a year, and a patch about every week.",
)
support_window = Fact(
    "support-window",
    "one year of active support and one year of maintenance",
    title="Support for a major release",
    source=f"{_VERSIONS}#release-schedule",
    checked=CHECKED,
    note="Licensed Enterprise customers get security patches for 12 months more; "
    "this is not promised to users of the free edition.",
)
upgrade_order = Fact(
    "upgrade-order",
    "one minor version after the other, none skipped",
    title="Order of upgrades",
    source=f"{_DOCS}/self-hosting/upgrading-server#before-you-begin",
    checked=CHECKED,
    note="The server refuses to start after a skipped version. Deploy the latest patch of each minor version and wait "
    f"until all its migrations are done: those after a deployment can take hours or days. [Another page]({_VERSIONS}) "
    "says that the Medplum command line chains the steps by itself.",
)
version_lag = Fact(
    "version-lag",
    "two to three minor versions",
    title="How far behind the latest release to stay, at most",
    source=f"{_BEST_PRACTICES}#stay-reasonably-current",
    checked=CHECKED,
)
minor_deadline = Fact(
    "minor-deadline",
    30,
    "days",
    "Time in which to schedule a minor upgrade",
    source=f"{_VERSIONS}#recommended-practices",
    checked=CHECKED,
    note="Counted from its release.",
)
critical_patch = Fact(
    "critical-patch",
    7,
    "days",
    "Time in which Medplum publishes a patch for a critical flaw, at most",
    source=f"{_VERSIONS}#security-patch-sla",
    checked=CHECKED,
    note="Medplum's deadline to publish it (CVSS 9.0 and above). Applying it is up to whoever runs the server.",
)
high_patch = Fact(
    "high-patch",
    14,
    "days",
    "Time in which Medplum publishes a patch for a flaw of high severity, at most",
    source=f"{_VERSIONS}#security-patch-sla",
    checked=CHECKED,
    note="Medplum's deadline to publish it (CVSS 7.0 to 8.9). Applying it is up to whoever runs the server.",
)
postgres_effort = Fact(
    "postgres-effort",
    "several days of focused effort",
    title="Effort of a major PostgreSQL upgrade",
    source=f"{_BEST_PRACTICES}#plan-for-postgresql-major-version-upgrades",
    checked=CHECKED,
    note="Medplum's text of [July 2026](https://github.com/medplum/medplum/pull/9855) says "
    "a couple of days to a full month.",
)
postgres_downtime = Fact(
    "postgres-downtime",
    "20 to 30 minutes or more",
    title="Downtime of a major PostgreSQL upgrade in place",
    source="https://www.medplum.com/blog/zero-downtime-postgres-major-version-upgrade",
    checked=CHECKED,
    note="From 2024, on Amazon RDS Aurora. With a blue/green switch it is typically less than a minute.",
)

# Where it runs

postgres_versions = Fact(
    "postgres-versions",
    "PostgreSQL 14 to 18",
    title="PostgreSQL versions that Medplum 5 supports",
    source=_V5,
    checked=CHECKED,
    note="Tested on 14 and 18; those between them are supported while PostgreSQL itself supports them. "
    "Support for 13 was dropped.",
)
redis_versions = Fact("redis-versions", "Redis 7", title="Redis versions of Medplum 5", source=_V5, checked=CHECKED)
node_versions = Fact(
    "node-versions", "Node.js 22 and 24", title="Node.js versions of Medplum 5", source=_V5, checked=CHECKED
)
install_paths = Fact(
    "install-paths",
    "AWS, Google Cloud, Azure, Kubernetes and Ubuntu",
    title="Documented platforms to install it on",
    source=f"{_DOCS}/self-hosting",
    checked=CHECKED,
    note="With CDK on AWS, with Terraform and Helm on Google Cloud and Azure, and with Helm on Kubernetes. "
    "AWS is marked as recommended, Google Cloud and Azure as beta. There is also a full stack in Docker for local use, "
    "and an installation from scratch.",
)
ubuntu_minimum = Fact(
    "ubuntu-minimum",
    "Ubuntu 24.04 with 4 GB of memory and 4 GB of disk",
    title="The smallest documented machine",
    source=f"{_UBUNTU}#prerequisites",
    checked=CHECKED,
    note="Most recent Ubuntu versions are said to work, too.",
)
throughput = Fact(
    "throughput",
    6_738,
    "requests/second",
    "Peak throughput in Medplum's performance test",
    source="https://www.medplum.com/blog/medplum-performance-test-2026",
    checked=CHECKED,
    note="With 15 tasks of 4 vCPU and 16 GB, beside the database and Redis: a reference, not a promise.",
)
audit_defaults = Fact(
    "audit-defaults",
    "off by default",
    title="Audit events on a server of your own: saveAuditEvents and logAuditEvents",
    source=f"{_DOCS}/self-hosting/server-config#saveauditevents",
    checked=CHECKED,
    note=f"[The FAQ]({_FAQ}) says that every API call and bot execution is captured, without saying where: "
    "confirm with Medplum.",
)
bot_runtime = Fact(
    "bot-runtime",
    "AWS Lambda, unless configured otherwise",
    title="Where bots run on a server of your own",
    source=f"{_DOCS}/self-hosting/server-config#defaultbotruntimeversion",
    checked=CHECKED,
    note=f"Documented besides: [Fission on Kubernetes]({_DOCS}/bots/running-bots-on-fission), and "
    f"[VM context]({_BOTS}), which is off by default and meant for trusted environments.",
)

# The hosted service

cloud_sla = Fact(
    "cloud-sla",
    99.99,
    "%",
    "Monthly uptime in the service level of the hosted platform",
    source=f"{_DOCS}/uptime",
    checked=CHECKED,
    note="Self-hosted servers are not covered. The page calls itself documentation, not a contract.",
)
cloud_recovery = Fact(
    "cloud-recovery",
    "under 1 hour each",
    title="Recovery time and recovery point of the hosted platform",
    source=f"{_BACKUP}#summary",
    checked=CHECKED,
    note="Targets; commitments, if any, stand in the customer agreement.",
)
recovery_window = Fact(
    "recovery-window",
    7,
    "days",
    "How far back the hosted platform can be restored to any point",
    source=f"{_BACKUP}#summary",
    checked=CHECKED,
    note="A target, as well. A second US region holds a copy.",
)
hosted_certifications = Fact(
    "hosted-certifications",
    "SOC 2 Type II, HITRUST e1, ONC certification and HIPAA compliance",
    title="What is certified or attested for the hosted service",
    source=_HITRUST,
    checked=CHECKED,
    note="They attach to the hosted environment and how Medplum operates it, "
    "[not to the code](https://github.com/medplum/medplum/pull/9855). "
    f"HIPAA is a law, not a certificate. ONC holds for [active versions only]({_VERSIONS}). "
    "Which plan has which varies.",
)
baa_plans = Fact(
    "baa-plans",
    "Production, Premium, Enterprise and self-hosted Enterprise",
    title="Plans with a business associate agreement",
    source=premium_price.source,
    checked=CHECKED,
    note="Not the Free plan, nor the self-hosted community edition. "
    f"The template speaks of [the hosted environment]({_HIPAA}): ask what it covers on a server of your own.",
)
streaming_plans = Fact(
    "streaming-plans",
    "Premium and Enterprise",
    title="Cloud plans with log streaming",
    source=premium_price.source,
    checked=CHECKED,
    note="Self-hosted Enterprise has it, too. From an undated copy of the pricing page.",
)
streaming_tools = Fact(
    "streaming-tools",
    "Sumo Logic and Datadog",
    title="Tools that logs are streamed to",
    source=f"{_BACKUP}#customer-controls",
    checked=CHECKED,
    note="As examples; Splunk is named there, too.",
)

# Where Medplum's own pages disagree

outside_us = Fact(
    "outside-us",
    "Medplum's pages disagree",
    title="Hosting outside the US",
    source=f"{_BACKUP}#cross-region-replication",
    checked=CHECKED,
    note="Confirm with Medplum. This page keeps all hosted data in the US; "
    f"[the FAQ]({_FAQ}) offers other regions with Enterprise. The text of "
    "[July 2026](https://github.com/medplum/medplum/pull/9855) asks those with data sovereignty requirements to write.",
)
self_hosted_hipaa = Fact(
    "self-hosted-hipaa",
    "Medplum's pages disagree",
    title="HIPAA on a server of your own",
    source=_FAQ,
    checked=CHECKED,
    note="Confirm with Medplum. The FAQ says that a server of your own inherits HIPAA controls; "
    f"[the HIPAA page]({_HIPAA}) limits its documents to the hosted environment. "
    f"Supported versions are [required]({_VERSIONS}#compliance-requirements) in any case.",
)
vm_bots = Fact(
    "vm-bots",
    "Medplum's pages disagree",
    title="VM-context bots in production",
    source=_BOTS,
    checked=CHECKED,
    note="Confirm with Medplum. This page warns against them in production without safety measures; "
    f"the production guides for [Google Cloud]({_GCP}) and Azure switch them on.",
)
recommended_path = Fact(
    "recommended-path",
    "Medplum's pages disagree",
    title="The recommended way to install it",
    source=f"{_DOCS}/self-hosting",
    checked=CHECKED,
    note="Confirm with Medplum. The overview recommends AWS; "
    f"[the Kubernetes page]({_DOCS}/self-hosting/install-on-kubernetes) recommends itself for production.",
)

product = (
    releases,
    support_window,
    upgrade_order,
    version_lag,
    minor_deadline,
    critical_patch,
    high_patch,
    postgres_effort,
    postgres_downtime,
    postgres_versions,
    redis_versions,
    node_versions,
    install_paths,
    ubuntu_minimum,
    throughput,
    audit_defaults,
    bot_runtime,
    cloud_sla,
    cloud_recovery,
    recovery_window,
    hosted_certifications,
    baa_plans,
    streaming_plans,
    streaming_tools,
    outside_us,
    self_hosted_hipaa,
    vm_bots,
    recommended_path,
)
