"""Define questions about situation, reasons and fit. Share links use the ids, so they must not change."""

from assessor.model.questions.choices import Choice, Option
from assessor.model.questions.question import YesNo
from assessor.rulesets.self_hosting.facts.product import (
    bot_runtime,
    hosted_certifications,
    install_paths,
    streaming_plans,
)

# Situation

current = Choice(
    "current",
    "Do you self-host Medplum today?",
    (
        Option("new", "We do not self-host Medplum", "you do not self-host Medplum yet"),
        Option("running-fine", "We self-host it, and it runs well", "you self-host Medplum already, and it runs well"),
        Option(
            "struggling",
            "We self-host it at scale, and struggle with it",
            "you self-host Medplum at scale already, and struggle with it",
        ),
    ),
    name="self-hosting today",
    why="If your servers are a struggle today, talk to Medplum first.",
    about="index.md#already-self-hosting-at-scale",
)
purpose = Choice(
    "purpose",
    "What is this instance for?",
    (
        Option("learning", "Learning, or a personal project", "it is for learning or a personal project"),
        Option("prototype", "A prototype or a pilot", "it is for a prototype or a pilot"),
        Option("production", "Production", "it is for production"),
    ),
    name="purpose",
    hint="Answer for the instance that you decide about now.",
    why="Gaining experience with infrastructure is a reason to self-host, as long as nobody depends on the instance.",
    about="index.md#learning-projects",
)
phi = YesNo(
    "phi",
    "Will this instance hold real patient data?",
    name="patient data",
    hint="Synthetic or public sample data does not count. Data that can be traced to a person does.",
    why="With patient data come agreements, audit trails and tested backups, however small the instance.",
    about="index.md#compliance-requirements",
    asked_of="your privacy or security officer",
    yes="it holds real patient data",
    no="it holds no real patient data",
)
connectivity = Choice(
    "connectivity",
    "How reliable is the internet connection where it will be used?",
    (
        Option("reliable", "It is reliable", "the connection is reliable"),
        Option("intermittent", "It fails, and work must go on", "the connection fails while work must go on"),
        Option("offline", "There is none, or none for days on end", "there is no connection for days on end"),
    ),
    name="connection",
    why="You can't use a cloud that you can't reach: in a device, in a rural clinic, on a ship.",
    about="index.md#low-connectivity-environments",
)
# accept: alike-options (readers place themselves more easily among three than among two)
footprint = Choice(
    "footprint",
    "How much traffic will this instance get?",
    (
        Option("minimal", "A lightweight instance: few users, few requests", "a lightweight instance is enough"),
        Option("moderate", "A team's or a site's daily work", "it carries the daily work of a team or a site"),
        Option("heavy", "Many sites, or many requests a second", "it carries many sites or many requests a second"),
    ),
    name="load",
    why="A small machine is enough for light use. More load needs the full operation of a production system.",
    about="index.md#low-connectivity-environments",
)

# Reasons

onprem_mandate = YesNo(
    "onprem-mandate",
    "Does a law or a contract require on-premises hosting?",
    name="on-premises mandate",
    hint="Examples are a hospital's contract, rules on data sovereignty, and work for the US federal government. "
    "A preference is not a requirement.",
    why="This is the clearest reason to self-host, and enough by itself.",
    about="index.md#compliance-requirements",
    asked_of="your legal counsel or compliance officer",
    yes="a law or a contract requires on-premises hosting",
    no="no law and no contract requires on-premises hosting",
)
mandate_cited = YesNo(
    "mandate-cited",
    "Can you cite the clause that says so?",
    name="clause to cite",
    why="Many clauses name a region or a control, not a building.",
    about="index.md#compliance-requirements",
    asked_of="your legal counsel or compliance officer",
    asked_when=onprem_mandate,
    yes="you can cite the clause",
    no="you cannot cite the clause yet",
)
# accept: alike-options (a reader in the US looks for their own answer)
residency = Choice(
    "residency",
    "Must the data stay in a certain part of the world?",
    (
        Option("none", "No", "the data may be anywhere"),
        Option("us", "Yes, in the United States", "the data must stay in the United States"),
        Option("elsewhere", "Yes, somewhere else", "the data must stay in a region outside the United States"),
    ),
    name="data location",
    hint="For instance in the EU, or in Canada.",
    why="Medplum's pages disagree on hosting outside the US, so ask Medplum.",
    about="index.md#regions-and-dedicated-infrastructure",
    asked_of="your privacy or security officer",
)
region_confirmed = YesNo(
    "region-confirmed",
    "Can Medplum host in that region?",
    name="Medplum's answer on the region",
    hint="Answer once Medplum has told you. Until then, choose “I don’t know yet” and write to "
    "[support@medplum.com](mailto:support@medplum.com).",
    why="It decides between the cloud and your own server, and only Medplum knows.",
    about="index.md#regions-and-dedicated-infrastructure",
    asked_of="Medplum",
    asked_when=residency.is_("elsewhere"),
    yes="Medplum has confirmed that it can host there",
    no="Medplum cannot host there",
)
isolation = YesNo(
    "isolation",
    "Do you need infrastructure that no other customer shares?",
    name="dedicated infrastructure",
    hint="Your customers or their security reviews may ask for it.",
    why="Dedicated infrastructure depends on the plan. It is no reason to self-host by itself.",
    about="index.md#regions-and-dedicated-infrastructure",
    yes="you need dedicated infrastructure",
    no="shared infrastructure will do",
)
fork = YesNo(
    "fork",
    "Do you plan to fork the Medplum code?",
    name="fork",
    hint="A fork means that you run changed server code. Sending a change upstream does not count.",
    why="You can only self-host a fork, and you have to merge every release into it.",
    about="index.md#fork-requirements",
    asked_of="your technical lead",
    yes="you plan to fork the code",
    no="you do not plan to fork the code",
)
extension_tried = YesNo(
    "extension-tried",
    "Have you tried configuration, bots, a thin service beside it, and a change upstream?",
    name="extensions tried",
    hint="Tried means built far enough to see where it fails.",
    why="Most needs end there, and all of these survive an upgrade.",
    about="index.md#fork-requirements",
    asked_of="your technical lead",
    asked_when=fork,
    yes="configuration, extension points and an upstream change have all been tried",
    no="configuration, extension points or an upstream change have not been tried yet",
)
# accept: alike-options (each reason is one that readers come with)
fork_reason = Choice(
    "fork-reason",
    "Why would you fork?",
    (
        Option("abandoned", "The project would be abandoned", "the project is abandoned"),
        Option("licence", "The licence would no longer be open", "the licence is no longer open"),
        Option(
            "regulatory",
            "A regulation demands a change that upstream will not take",
            "a regulation demands a change that upstream will not take",
        ),
        Option("feature", "We want a feature, or a different behaviour", "you want a feature or a different behaviour"),
    ),
    name="reason to fork",
    hint="[Medplum's own article](https://www.medplum.com/blog/so-youre-thinking-about-forking) goes through them.",
    why="The first three leave no other way. A feature nearly always has one.",
    about="index.md#fork-requirements",
    asked_of="your technical lead",
    asked_when=fork,
)

# Fit

logs = YesNo(
    "logs",
    "Do you want logs streamed to your own tools?",
    name="logs",
    why=f"The hosted service streams them with {streaming_plans}.",
    about="index.md#log-streaming",
    asked_of="your platform team",
    yes="you want the logs in your own tools",
    no="you do not need the logs in your own tools",
)
sla = YesNo(
    "sla",
    "Do you need a contract that guarantees uptime?",
    name="contractual uptime",
    why="Medplum states a figure for the hosted platform only. On your own server, the promise is yours.",
    about="index.md#service-levels-and-certifications",
    yes="you need a contractual uptime",
    no="you need no contractual uptime",
)
certifications = YesNo(
    "certifications",
    "Do your customers require certifications from your provider?",
    name="certifications",
    hint=f"The hosted service has {hosted_certifications}.",
    why="They cover the hosted service, not the code.",
    about="index.md#service-levels-and-certifications",
    asked_of="your compliance officer",
    yes="your customers require certifications from your provider",
    no="your customers require no certifications from your provider",
)
bots = Choice(
    "bots",
    "How much do you rely on bots?",
    (
        Option("none", "Not at all", "you use no bots"),
        Option("some", "For things that can wait", "bots do things that can wait"),
        Option("critical", "Care or billing stops without them", "care or billing stops without bots"),
    ),
    name="bots",
    why=f"On a server of your own they run on {bot_runtime}.",
    about="index.md#where-it-runs",
    asked_of="your technical lead",
)
# accept: alike-options (readers know their platform, not the group that it falls in)
platform = Choice(
    "platform",
    "What would you run it on?",
    (
        Option("aws", "AWS", "it would run on AWS"),
        Option("gcp", "Google Cloud", "it would run on Google Cloud"),
        Option("azure", "Azure", "it would run on Azure"),
        Option("kubernetes", "Kubernetes elsewhere", "it would run on Kubernetes elsewhere"),
        Option("vm", "A machine or virtual machine", "it would run on a single machine"),
    ),
    name="platform",
    why=f"There are documented ways for {install_paths}.",
    about="index.md#where-it-runs",
    asked_of="your platform team",
)
