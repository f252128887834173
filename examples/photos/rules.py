"""Where should your photos live? A guide in English, with its German texts in rules.de.yml.

All figures are our own rough estimates, which docs/en/estimates.md explains: replace them by yours.
"""

from assessor import (
    Action,
    Case,
    Chart,
    Choice,
    Criterion,
    Estimate,
    Fact,
    Number,
    Outcome,
    Quantity,
    Rule,
    RuleSet,
    Section,
    YesNo,
    otherwise,
)

CHECKED = "2026-11-30"


def estimate(id: str, value: float, unit: str, title: str, *, low: float, high: float) -> Fact:
    """Return an estimate of ours: its source is a section of the page that explains it."""
    return Fact(id, value, unit, title, source=f"estimates.md#{id}", checked=CHECKED, low=low, high=high)


much = Fact(
    "much",
    2_000,
    "GB",
    "From here on, a box at home is cheaper than the cloud",
    source="estimates.md#much",
    checked=CHECKED,
)
cloud_price = estimate("cloud-price", 0.06, "EUR/GB/year", "What a cloud costs", low=0.03, high=0.1)
box_price = estimate("box-price", 400, "EUR", "What a box with two disks costs", low=250, high=700)
box_life = estimate("box-life", 5, "year", "How long a box lasts", low=4, high=8)
power = estimate("power", 40, "EUR/year", "What the power for a box costs", low=20, high=70)
drive_price = estimate("drive-price", 80, "EUR/drive|drives", "What an external drive costs", low=60, high=120)
drive_life = estimate("drive-life", 4, "year", "How long an external drive lasts", low=3, high=6)

volume = Number(
    "volume",
    "How much space do your photos and videos need?",
    unit="GB",
    name="the space for your photos",
    minimum=1,
    maximum=50_000,
    hint="Your phone shows it under *Storage*. An hour of video in 4K needs about 20 gigabytes.",
)
phones = Number(
    "phones",
    "From how many phones do photos come?",
    name="the number of phones",
    minimum=1,
    maximum=50,
    step=1,
)
anywhere = YesNo(
    "anywhere",
    "Do you want to see all photos on your phone, wherever you are?",
    yes="you want to see all photos wherever you are",
    no="it is enough to see the photos at home",
)
company = YesNo(
    "company",
    "May a company store your photos?",
    hint="A company can be forced to hand out what it stores, and can close an account.",
    yes="a company may store your photos",
    no="no company may store your photos",
    about="index.md#who-may-have-them",
)
tender = YesNo(
    "tender",
    "Does somebody in your home like to look after a computer?",
    hint="About an hour a month: install updates, and look whether the disks are well.",
    yes="somebody likes to look after a computer",
    no="nobody likes to look after a computer",
    about="index.md#who-looks-after-it",
)
upload = Choice(
    "upload",
    "How fast is your connection for uploads?",
    {"slow": "Slow: a video takes minutes to send", "fast": "Fast: fibre, or cable with 20 Mbit/s and more"},
    about="index.md#how-they-get-there",
)

cloud = Outcome(
    "cloud",
    "A photo cloud",
    "Rent space, and let each phone upload by itself.",
    ["Choose a provider that lets you **export everything**.", "Turn on uploads on each phone.", "Share one album."],
    icon="cloud",
    tone="blue",
)
box = Outcome(
    "box",
    "A box at home",
    "Put a small server with two disks beside your router.",
    ["Buy a box with two disks.", "Install the app on each phone.", "Copy the first photos by cable."],
    icon="server",
    tone="green",
)
drives = Outcome(
    "drives",
    "Two external drives",
    "Copy your photos to two drives, and keep them in two places.",
    ["Buy two drives of *different* makers.", "Put a date into your calendar for copying, once a month."],
    icon="box",
    tone="amber",
)

can_run = Criterion(
    "can-run",
    "a box at home would be in good hands",
    tender & upload.is_("fast"),
    negation="a box at home would not be in good hands",
)

cloud_cost = Estimate("cloud-cost", "Photo cloud", volume * cloud_price, outcome=cloud)
box_cost = Estimate("box-cost", "Box at home", box_price / box_life + power, outcome=box)
drives_cost = Estimate(
    "drives-cost",
    "External drives",
    Quantity(2, "drive") * drive_price / drive_life,
    outcome=drives,
)

ruleset = RuleSet(
    "photos",
    title="Where should your photos live?",
    summary="In a cloud, on a box at home, or on two drives in a drawer.",
    language="en",
    translations="rules.*.yml",
    facts=[much, cloud_price, box_price, box_life, power, drive_price, drive_life],
    sections=[
        Section("photos", "Your photos", [volume, phones, anywhere]),
        Section("home", "Your home", [company, tender, upload], intro="Answer for the home where the photos are."),
    ],
    criteria=[can_run],
    outcomes=[cloud, box, drives],
    rules=[
        Rule(
            ~company & can_run,
            then=box,
            because="The photos stay in your home, and somebody looks after them.",
            id="private",
        ),
        Rule(
            ~company,
            then=drives,
            because="No company has your photos, and two drives need nobody who runs a server.",
            id="drawer",
        ),
        Rule(
            (volume >= much) & can_run,
            then=box,
            because=f"From {much} on, a box at home costs less than renting so much space.",
            id="large",
        ),
        Rule(
            anywhere | (phones > 1),
            then=cloud,
            because="All phones upload by themselves, and you see every photo everywhere.",
            id="shared",
        ),
        otherwise(then=drives, because="One phone and one home: two copies in two places are enough."),
    ],
    actions=[
        Action(
            "second-copy",
            "Keep a second copy outside the box",
            [box],
            because="Two disks in one box burn together.",
            gap=True,
            who="whoever looks after the box",
        ),
        Action(
            "wired",
            "Send the first photos from home",
            [cloud],
            upload.is_("slow"),
            because="The first upload takes days.",
        ),
        Action("label", "Label the drives and note who has the second one", [drives], who="you"),
    ],
    estimates=[cloud_cost, box_cost, drives_cost],
    charts=[
        Chart("cost", "What it costs each year", [cloud_cost, box_cost, drives_cost], compare=(cloud_cost, box_cost))
    ],
    cases=[
        Case(
            "family",
            "A family with three phones",
            "Two parents and a teenager, 300 gigabytes, and nobody who wants to run a server.",
            {"volume": 300, "phones": 3, "anywhere": True, "company": True, "tender": False},
            cloud,
        ),
        Case(
            "film",
            "Somebody who films a lot",
            "Eight terabytes of video, fibre in the house, and a weekend for tinkering.",
            {"volume": 8_000, "phones": 1, "anywhere": True, "company": True, "tender": True, "upload": "fast"},
            box,
        ),
        Case(
            "private",
            "A photographer with pictures of clients",
            "A contract says that no company may store them.",
            {"volume": 900, "company": False, "tender": False},
            drives,
        ),
        Case(
            "own-server",
            "A home with a rule of its own",
            "No company may have the photos, and there is fibre and a person who likes computers.",
            {"volume": 400, "company": False, "tender": True, "upload": "fast"},
            box,
        ),
        Case(
            "alone",
            "One person, one phone",
            "The photos are looked at on the sofa.",
            {"volume": 60, "phones": 1, "anywhere": False, "company": True},
            drives,
        ),
    ],
)
