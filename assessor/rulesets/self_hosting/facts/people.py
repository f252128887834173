"""Define facts about the people and money needed to run Medplum."""

from assessor.model.facts import Fact

CHECKED = "2026-11-22"

_GITHUB = "https://github.com/medplum/medplum"
_SEED = f"{_GITHUB}/blob/19e12e672cf5aea5888dbf618eb477f24debaadb/packages/docs/docs/self-hosting/considerations.md"
_SOFTENED = f"{_GITHUB}/blob/f606dd02246a1c17db32af6197795fe3112674f2/packages/docs/docs/self-hosting/considerations.md"
_PLANE = "https://developers.plane.so/self-hosting/self-hosting-101"
_PRICING = f"{_GITHUB}/blob/0691e8acffc1c17f4b431889d4ec3c1336b6d15c/packages/docs/src/pages/pricing.tsx"
_OPENEMR = "https://github.com/openemr/openemr-on-ecs/blob/9899dd92da861a0e0d1301be06c7220879c33033"

# People

small_scale_fte = Fact(
    "small-scale-fte",
    0.1,
    "FTE",
    "People for a small instance, by another vendor",
    low=0.1,
    high=0.25,
    source=_PLANE,
    checked=CHECKED,
    note="From Plane, a project-management product: a proxy, not a figure for Medplum.",
)
large_scale_fte = Fact(
    "large-scale-fte",
    1,
    "FTE",
    "People for a large instance, by another vendor",
    low=0.5,
    high=1,
    source=_PLANE,
    checked=CHECKED,
    note="From Plane, a project-management product: a proxy, not a figure for Medplum.",
)
upgrade_effort = Fact(
    "upgrade-effort",
    "one week to one month of one engineer",
    title="Effort of one server upgrade at scale",
    source=f"{_GITHUB}/pull/9855",
    checked=CHECKED,
    note="Medplum's wording since July 2026. It varies with the kind of release, and it recurs.",
)
base_fte = Fact(
    "base-fte",
    0.5,
    "FTE",
    "People needed in a normal quarter",
    low=small_scale_fte.number,
    high=large_scale_fte.number,
    source=_SEED,
    checked=CHECKED,
    note="Medplum's figure of 2025, given as a floor from experience. Its later text "
    f"[says “approximately”]({_SOFTENED}), and then gives no such figure but the effort of an upgrade: "
    f"{upgrade_effort}. The range is [Plane's]({_PLANE}), for another product.",
)
spike_fte = Fact(
    "spike-fte",
    3,
    "FTE",
    "People needed in a quarter with a large project",
    source=_SEED,
    checked=CHECKED,
    note="Medplum's figure of 2025: a peak, not an average, and open-ended (“or more”). "
    f"Its [later text]({_SOFTENED}) only says that the need may increase.",
)
large_quarters = Fact(
    "large-quarters",
    1,
    "quarter",
    "Quarters with a large project, in a year",
    low=0,
    high=2,
    source="https://www.medplum.com/docs/compliance/versions#release-schedule",
    checked=CHECKED,
    note="Our inference from one major release a year. A year may pass without a large project, or bring "
    "a PostgreSQL upgrade, too.",
)
one_site_rota = Fact(
    "one-site-rota",
    8,
    "engineers",
    "Engineers in an on-call rota at one site, at least",
    source="https://sre.google/sre-book/being-on-call",
    checked=CHECKED,
    note="Google's figure, for shifts of a week and two people on call at a time. Context, not a condition.",
)
two_site_rota = Fact(
    "two-site-rota",
    6,
    "engineers",
    "Engineers a site in an on-call rota at two sites, at least",
    source="https://sre.google/sre-book/being-on-call",
    checked=CHECKED,
    note="Google's figure, for shifts of a week and two people on call at a time. Context, not a condition.",
)

# Money

median_wage = Fact(
    "median-wage",
    105_990,
    "USD/year",
    "Median wage in computer and information technology occupations",
    source="https://www.bls.gov/ooh/computer-and-information-technology/home.htm",
    checked=CHECKED,
    note="US Bureau of Labor Statistics, May 2024. The whole group, support specialists included.",
)
wage_share = Fact(
    "wage-share",
    70.2,
    "%",
    "Wages as a share of what an employee costs",
    source="https://www.bls.gov/news.release/ecec.nr0.htm",
    checked=CHECKED,
    note="US Bureau of Labor Statistics, private industry, June 2025. The page always shows the newest release.",
)
fte_cost = Fact(
    "fte-cost",
    150_000,
    "USD/FTE/year = USD a year for a full-time equivalent",
    "Fully loaded cost of a full-time equivalent",
    source=median_wage.source,
    checked=CHECKED,
    note=f"Our arithmetic: {median_wage}, where wages are [{wage_share} of the cost]({wage_share.source}), rounded. "
    "Low for senior reliability engineers: put your own figure in.",
)
infrastructure_cost = Fact(
    "infrastructure",
    27_084,
    "USD/year",
    "Infrastructure for testing, staging and production",
    high=38_808,
    source=f"{_OPENEMR}/docs/cost-estimate.md#all-environment-totals-qa--staging--prod",
    checked=CHECKED,
    note="A proxy: OpenEMR on Amazon ECS (us-east-1, Aurora MySQL and Valkey, February 2026). "
    "The top of the range has a larger production machine.",
)
production_price = Fact(
    "production-price",
    2_000,
    "USD/month",
    "Price of the Production plan",
    source=_PRICING,
    checked=CHECKED,
    note="From an undated copy of the pricing page. Not an offer: see [medplum.com/pricing](https://www.medplum.com/pricing).",
)
premium_price = Fact(
    "premium-price",
    6_000,
    "USD/month",
    "Price of the Premium plan",
    source=_PRICING,
    checked=CHECKED,
    note="From an undated copy of the pricing page. Not an offer: see [medplum.com/pricing](https://www.medplum.com/pricing).",
)
assumed_price = Fact(
    "assumed-plan-price",
    premium_price.number,
    "USD/month",
    "Price of the Enterprise plan, assumed to be that of Premium",
    source=_PRICING,
    checked=CHECKED,
    note="Enterprise is by quote. Premium is the highest price that Medplum publishes: put your quote in.",
)
other_plans = Fact(
    "other-plans",
    "by quote",
    title="Price of the Enterprise plan",
    source=_PRICING,
    checked=CHECKED,
    note="Enterprise is offered both hosted and self-hosted. The Free plan and the self-hosted community edition cost "
    "nothing. From an undated copy of the pricing page.",
)

people_and_money = (
    base_fte,
    spike_fte,
    upgrade_effort,
    small_scale_fte,
    large_scale_fte,
    large_quarters,
    one_site_rota,
    two_site_rota,
    fte_cost,
    median_wage,
    wage_share,
    infrastructure_cost,
    production_price,
    premium_price,
    assumed_price,
    other_plans,
)
