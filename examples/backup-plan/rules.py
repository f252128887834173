"""Which backup for your database? The rules are in plans.csv, where the whole team can read and change them."""

from assessor import Action, Case, Fact, Number, Outcome, RuleSet, Section, YesNo, table

archive_gap = Fact(
    "archive-gap",
    1,
    "minute",
    "A reasonable archive_timeout of PostgreSQL: the longest that a change waits for the archive",
    source="https://www.postgresql.org/docs/current/continuous-archiving.html",
    checked="2026-11-30",
    note="Its manual says a minute or so. A much shorter time bloats the archive, whose files all have full length.",
    quote="settings of a minute or so are usually reasonable",
)

loss = Number(
    "loss",
    "How many hours of work can you lose?",
    name="the work that you can lose",
    unit="hour",
    minimum=0,
    maximum=168,
    hint="What people would have to enter again after the worst accident.",
    about="index.md#what-you-can-lose",
)
down = Number(
    "down",
    "How many hours can it be down?",
    name="the time that it can be down",
    unit="hour",
    minimum=0,
    maximum=168,
    hint="From the accident until people work again.",
    about="index.md#how-long-it-can-be-down",
)
size = Number(
    "size",
    "How large is the database?",
    name="the size of the database",
    unit="GB",
    minimum=0,
    maximum=100_000,
    about="index.md#how-large-it-is",
)
managed = YesNo(
    "managed",
    "Does a provider run it for you?",
    yes="a provider runs the database",
    no="you run the database yourself",
    hint="As a managed database, not only as a rented machine.",
    about="index.md#who-runs-it",
)
test = YesNo(
    "test",
    "Has anyone restored a backup of it?",
    yes="someone has restored a backup",
    no="nobody has restored a backup yet",
    hint="Into an empty server, until an application could read it.",
    about="index.md#restore-one",
)

rehearse = Outcome("rehearse", "Restore a backup first", "Until then, every plan is a hope.", icon="clock")
standby = Outcome("standby", "A standby server, and an archive", "One server takes over from the other.", icon="server")
provider_standby = Outcome("provider-standby", "A standby server of your provider", icon="cloud")
provider = Outcome("provider", "The backups of your provider", "With return to a point in time.", icon="cloud")
archive = Outcome("archive", "A base backup and an archive of the log", "It can return to any moment.", icon="shield")
dump = Outcome("dump", "A dump each night", "One file, and simple to restore.", icon="box")
outcomes = [rehearse, standby, provider_standby, provider, archive, dump]

plans = table("plans.csv", questions=[loss, down, size, managed, test], outcomes=outcomes)

ruleset = RuleSet(
    "backup-plan",
    title="Which backup for your database?",
    summary="What fits depends on what you can lose, how long you can wait, and who runs the server.",
    language="en",
    sections=[
        Section("needs", "What you need", [loss, down]),
        Section("database", "Your database", [size, managed, test]),
    ],
    outcomes=outcomes,
    rules=plans.rules,
    facts=[archive_gap],
    actions=[
        Action("elsewhere", "Keep a copy in another place, with another password", [standby, archive, dump]),
        Action("export", "Export a dump that you keep yourself", [provider_standby, provider]),
        Action("restore", "Restore a backup every quarter, and note how long it takes", outcomes),
    ],
    cases=[
        Case(
            "club",
            "A club with a list of members",
            "The secretary can enter a day again.",
            {"loss": 24, "down": 72, "size": 1, "managed": False, "test": True},
            dump,
        ),
        Case(
            "shop",
            "A shop on its own server",
            "Orders of an hour are a disaster; a morning without the shop is not.",
            {"loss": 0.5, "down": 6, "size": 40, "managed": False, "test": True},
            archive,
        ),
        Case(
            "register",
            "A cash register that must not stop",
            "The provider runs the database.",
            {"loss": 0, "down": 0.2, "size": 20, "managed": True, "test": True},
            provider_standby,
        ),
        Case("hopeful", "A team that has never tried", "Its dumps run every night.", {"test": False}, rehearse),
    ],
)
