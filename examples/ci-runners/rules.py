"""Where should your builds run? Three ways, compared by points. The points are estimates; change them to yours."""

from assessor import (
    Action,
    Case,
    Choice,
    Criterion,
    Number,
    Option,
    Outcome,
    Rule,
    RuleSet,
    Score,
    Section,
    YesNo,
    ranking,
)

minutes = Number(
    "minutes",
    "How many minutes do your builds take in a month, all together?",
    name="your builds per month",
    unit="minutes",
    minimum=0,
    maximum=10_000_000,
    step=1000,
    hint="Your CI service shows it under usage or billing.",
)
rhythm = Choice(
    "rhythm",
    "When do builds run?",
    [
        Option("steady", "Day and night", "builds run day and night"),
        Option("daytime", "In working hours", "builds run in working hours"),
        Option("bursts", "In bursts, such as before a release", "builds come in bursts"),
    ],
    name="rhythm of builds",
)
strangers = YesNo(
    "strangers",
    "Do pull requests of strangers start builds?",
    yes="pull requests of strangers start builds",
    no="only your own people start builds",
    why="A stranger's build runs a stranger's code. A machine that is thrown away after each build limits the damage.",
)
policy = YesNo(
    "policy",
    "Does a policy forbid building on machines that you don't own?",
    yes="a policy forbids building on machines that you don't own",
    no="no policy forbids building on machines of others",
)
network = YesNo(
    "network",
    "Do builds need services inside your network?",
    yes="builds need services inside your network",
    no="builds need nothing inside your network",
)
hardware = YesNo(
    "hardware",
    "Do builds need special hardware, such as GPUs or phones?",
    yes="builds need special hardware",
    no="builds need no special hardware",
)
caretaker = YesNo(
    "caretaker",
    "Can somebody look after machines for two days a month?",
    yes="somebody can look after machines",
    no="nobody can look after machines",
    asked_of="your team lead",
)

many = Criterion("many", "you build a lot", minutes >= 50_000, negation="you don't build a lot")

hosted = Outcome(
    "hosted",
    "Hosted runners",
    "Use the runners of your CI service, and pay for what you use.",
    ["Set a spending limit.", "Look at the usage after a month, and answer again."],
    icon="cloud",
)
cloud = Outcome(
    "cloud",
    "Own runners in the cloud",
    "Start a virtual machine for each build in your cloud account, and throw it away afterwards.",
    ["Take an autoscaler that your CI service supports.", "Measure how long a machine takes to start."],
    icon="server",
)
metal = Outcome(
    "metal",
    "Own machines",
    "Put machines under a desk or in a rack, and register them as runners.",
    ["Start with one machine and the slowest build.", "Wipe the work folder after each build."],
    icon="tools",
)
wait = Outcome(
    "wait",
    "Find somebody first",
    "Hosted runners don't fit, and other machines need somebody who looks after them.",
    icon="people",
)

hosted_fit = Score(
    "hosted-fit",
    "Fit of hosted runners",
    {rhythm: {"bursts": 3, "daytime": 2}, minutes < 10_000: 3, strangers: 3, ~caretaker: 2, network: -3, hardware: -4},
)
cloud_fit = Score(
    "cloud-fit",
    "Fit of own runners in the cloud",
    {rhythm: {"bursts": 2, "daytime": 3}, many: 2, strangers: 1.5, network: 2, caretaker: 1, hardware: -1},
)
metal_fit = Score(
    "metal-fit",
    "Fit of own machines",
    {rhythm: {"steady": 3}, many: 3, strangers: -3, network: 1, caretaker: 1, hardware: 4},
)

ruleset = RuleSet(
    "ci-runners",
    title="Where should your builds run?",
    summary="Hosted runners, own runners in the cloud, or own machines: by points for what you build, and how.",
    language="en",
    sections=[
        Section("builds", "Your builds", [minutes, rhythm, strangers]),
        Section("needs", "What they need", [policy, network, hardware, caretaker]),
    ],
    criteria=[many],
    scores=[hosted_fit, cloud_fit, metal_fit],
    outcomes=[hosted, cloud, metal, wait],
    rules=[
        Rule(policy & ~caretaker, then=wait, because="Your policy asks for own machines.", id="policy-alone"),
        Rule(policy, then=metal, because="Your policy asks for own machines, and you can run them.", id="policy"),
        Rule(
            (hosted_fit < 2) & ~caretaker,
            then=wait,
            because="Too much speaks against hosted runners, and nobody can look after others.",
            id="alone",
        ),
        *ranking(
            {hosted: hosted_fit, cloud: cloud_fit, metal: metal_fit},
            because="Of the three ways, it has the most points for your answers.",
        ),
    ],
    actions=[
        Action("isolate", "Run each build in a fresh virtual machine.", [metal], strangers, gap=True),
        Action("tunnel", "Open a tunnel from the runners to your network.", [hosted, cloud], network),
    ],
    cases=[
        Case(
            "library",
            "An open library",
            "A library on a public forge, with a handful of builds a day.",
            {"minutes": 3000, "rhythm": "bursts", "strangers": True, "policy": False, "network": False},
            hosted,
        ),
        Case(
            "app",
            "A mobile app",
            "A team tests on its own phones, all night long.",
            {
                "minutes": 90_000,
                "rhythm": "steady",
                "strangers": False,
                "policy": False,
                "network": False,
                "hardware": True,
                "caretaker": True,
            },
            metal,
        ),
        Case(
            "company",
            "Services in a company network",
            "Forty developers, and tests against a database that only the office reaches.",
            {
                "minutes": 80_000,
                "rhythm": "daytime",
                "strangers": False,
                "policy": False,
                "network": True,
                "hardware": False,
                "caretaker": True,
            },
            cloud,
        ),
        Case(
            "bank",
            "A bank",
            "Source code may not leave the house, and nobody has time for machines.",
            {"policy": True, "caretaker": False},
            wait,
        ),
        Case(
            "lab",
            "A lab",
            "Source code may not leave the house, and two people run the machines anyway.",
            {"policy": True, "caretaker": True},
            metal,
        ),
        Case(
            "two-founders",
            "Two founders",
            "They train models around the clock, and look after nothing but their product.",
            {"rhythm": "steady", "strangers": False, "policy": False, "hardware": True, "caretaker": False},
            wait,
        ),
    ],
)
