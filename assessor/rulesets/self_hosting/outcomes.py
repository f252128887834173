"""Define the possible advice, and the criteria that the rules use."""

from assessor.model.conditions import Criterion, all_of, any_of
from assessor.model.rules.outcomes import Outcome
from assessor.rulesets.self_hosting.facts.people import base_fte, spike_fte
from assessor.rulesets.self_hosting.questions.means import fte, surge_fte, ticks
from assessor.rulesets.self_hosting.questions.needs import (
    connectivity,
    current,
    extension_tried,
    footprint,
    fork,
    fork_reason,
    onprem_mandate,
    phi,
    purpose,
    region_confirmed,
    residency,
)

cloud = Outcome(
    "cloud",
    "Medplum Cloud",
    "Medplum runs it, with maintenance, security updates and scaling. Your team builds its application.",
    (
        "Take the plan that your answers lead to from the [price list](https://www.medplum.com/pricing).",
        "Write down which answers would change this, and look at them again in a year.",
    ),
    icon="cloud",
    tone="blue",
)
cloud_enterprise = Outcome(
    "cloud-enterprise",
    "Medplum Cloud, Enterprise plan",
    "Medplum runs it, on dedicated infrastructure or in the region that you need. Both depend on the Enterprise plan, "
    "so have them confirmed.",
    (
        "Ask Medplum for a quote that names the region or the dedicated infrastructure: "
        "[support@medplum.com](mailto:support@medplum.com).",
        "Have what you need written into the contract.",
    ),
    icon="shield",
    tone="teal",
)
self_host = Outcome(
    "self-host",
    "Self-host",
    "You have a compelling reason, and a team that is ready to run Medplum.",
    (
        "Follow the [self-hosting documentation](https://www.medplum.com/docs/self-hosting).",
        "Put the next upgrades and a restore test into the calendar.",
    ),
    icon="server",
    tone="indigo",
)
get_ready = Outcome(
    "get-ready",
    "Self-host, once you are ready",
    "You have a compelling reason. Close the gaps before real patients depend on your server.",
    (
        "Give every gap an owner and a date.",
        "Until they are closed, use synthetic data only, or Medplum Cloud if your reason allows it.",
    ),
    icon="tools",
    tone="violet",
)
light = Outcome(
    "light",
    "A small instance of your own",
    "A lightweight instance on one machine is enough for your purpose.",
    (
        "Install it [on Ubuntu](https://www.medplum.com/docs/self-hosting/install-on-ubuntu), or locally with Docker.",
        "Come back to this guide before it grows.",
    ),
    icon="box",
    tone="green",
)
extend = Outcome(
    "extend",
    "Extend it instead of forking",
    "Configuration, bots, a thin service beside it or a change upstream serve you better than a fork, "
    "and all of them work on Medplum Cloud.",
    (
        "Describe the need to Medplum on [Discord](https://discord.gg/medplum) before you write code.",
        "Build the smallest version at an extension point.",
        "Send upstream what is missing.",
    ),
    icon="plug",
    tone="red",
)
talk = Outcome(
    "talk",
    "Talk to Medplum first",
    "You run it at scale already, and it is a burden. Medplum helps, whether you stay or migrate.",
    (
        "Write to [support@medplum.com](mailto:support@medplum.com), or ask on [Discord](https://discord.gg/medplum).",
        "Bring your version, your load and your gaps.",
    ),
    icon="chat",
    tone="amber",
)

outcomes = (cloud, cloud_enterprise, self_host, get_ready, light, extend, talk)

struggling = Criterion(
    "struggling",
    "you self-host at scale and struggle with it",
    current.is_("struggling"),
    negation="you do not struggle with servers at scale today",
)
only_learning = Criterion(
    "only-learning",
    "it is a small learning project without patient data",
    all_of(purpose.is_("learning"), ~phi, footprint.is_("minimal")),
    negation="it is more than a small learning project without patient data",
)
small_and_remote = Criterion(
    "small-and-remote",
    "the connection is poor and a lightweight instance is enough",
    connectivity.is_("intermittent", "offline") & footprint.is_("minimal"),
    negation="the connection is good, or a lightweight instance is not enough",
)
region_closed = Criterion(
    "region-closed",
    "the data must stay where Medplum cannot host it",
    residency.is_("elsewhere") & ~region_confirmed,
    negation="the data may be where Medplum can host it",
)
region_open = Criterion(
    "region-open",
    "the data must stay in a region outside the United States and Medplum can host it there",
    residency.is_("elsewhere") & region_confirmed,
    negation="Medplum need not host outside the United States, or cannot",
)
large_and_offline = Criterion(
    "large-and-offline",
    "there is no connection and a lightweight instance is not enough",
    connectivity.is_("offline") & footprint.is_("moderate", "heavy"),
    negation="there is a connection, or a lightweight instance is enough",
)
must_fork = Criterion(
    "must-fork",
    "a fork is the only way",
    all_of(fork, extension_tried, fork_reason.is_("abandoned", "licence", "regulatory")),
    negation="a fork is not the only way",
)
compelling = Criterion(
    "compelling",
    "you have a compelling reason to self-host",
    any_of(onprem_mandate, region_closed, large_and_offline, must_fork),
    negation="you have no compelling reason to self-host",
)
prepared = Criterion(
    "prepared",
    "everything that running it requires is in place",
    all_of(*ticks),
    negation="something that running it requires is not in place yet",
)
staffed = Criterion(
    "staffed",
    "you have the people for normal quarters and for large projects",
    all_of(fte >= base_fte, surge_fte >= spike_fte),
    negation="you do not have the people yet",
)
ready = Criterion(
    "ready",
    "your team is ready to operate it",
    prepared & staffed,
    negation="your team is not ready to operate it yet",
)

criteria = (
    struggling,
    only_learning,
    small_and_remote,
    region_closed,
    large_and_offline,
    must_fork,
    compelling,
    prepared,
    staffed,
    ready,
    region_open,
)
