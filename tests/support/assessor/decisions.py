"""A small rule set with two decisions, the second of which reads the first, as an author writes it."""

from __future__ import annotations

from pathlib import Path

from assessor import RuleSet, load_ruleset

SOURCE = """\
from assessor import *

law = YesNo("law", "Does a law require your own servers?", yes="a law requires it", no="no law requires it")
team = YesNo("team", "Can someone run servers?", yes="someone can run servers", no="nobody can run servers")
users = Number("users", "How many people use it?", minimum=0, maximum=100000, step=1, name="the number of users")

cloud, server = Outcome("cloud", "In our cloud", "We run it."), Outcome("server", "On your servers", "You run it.")
free, small, large = Outcome("free", "The free plan"), Outcome("small", "The team plan"), Outcome("large", "All of it")

hosting = Decision("hosting", "Where it runs", [
    Rule(law, server, "The law leaves no choice.", "law"),
    Rule(team & (users >= 500), server, "From 500 users on, it pays.", "pays"),
    otherwise(cloud, "Nothing speaks against it."),
])
plan = Decision("plan", "Your plan", [
    Rule(hosting.is_("server"), large, "Only this plan has the installer."),
    Rule(users <= 5, free, "It is free for five."),
    otherwise(small, "It has no limit."),
])
ruleset = RuleSet(
    "wiki", title="Plan a wiki", sections=[Section("all", "All", [law, team, users])], decisions=[hosting, plan],
    actions=[Action("backup", "Set up a backup", [server, small])],
    cases=[
        Case("bank", "A bank", "It has 40 people.", {"law": True}, server, also=[large]),
        Case("club", "A club", "It has 4 people.", {"law": False, "users": 4}, cloud, also=[free]),
    ],
)
"""


def wiki(folder: Path) -> RuleSet:
    """Return the rule set, from a file in a folder."""
    (folder / "rules.py").write_text(SOURCE, "utf-8")
    return load_ruleset("rules.py", folder)
