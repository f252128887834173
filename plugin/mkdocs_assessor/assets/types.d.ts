// The shapes that the scripts share; assessor/logic/bundle.py and assessor/assessment/results.py say what they mean.

type QuantityRange = [low: number, likely: number, high: number];

interface BundleQuestion {
  id: string;
  kind: "yes-no" | "choice" | "number" | "date";
  /** Changes when an answer may come to mean something else. */
  meaning: string;
  options?: string[];
  /** A number or, for a date, an ISO text; so are the bounds and cuts below. */
  minimum?: number | string;
  maximum?: number | string;
  cuts?: (number | string)[];
  /** For each cut, the greatest answer below it, if the rules name that instead. */
  at_most?: (number | string | null)[];
  /** Without a maximum of the author's, what usual answers don't exceed. */
  scale?: number;
  /** 1 if only whole numbers are accepted. */
  step?: number;
  default?: QuantityRange;
  asked?: number;
  /** For each option that is not always offered, the node that decides whether it is. */
  offered?: Record<string, number>;
  /** The ids that the question had before. */
  formerly?: string[];
  /** The present id of an option, by each id that it had before. */
  renamed?: Record<string, string>;
  /** The ids of options that are no longer there. */
  retired?: string[];
}

interface BundleCondition {
  id: string;
  root: number;
}

interface BundleBranch {
  steps: (number | string)[];
  /** A position in the inputs of the estimate, and the least and the greatest value of this input here. */
  within?: [input: number, least: number, greatest: number][];
}

interface BundleEstimate {
  id: string;
  unit: string;
  inputs: (QuantityRange | { question: number })[];
  /** Not there if the formula depends on answers: then the value of the function at the root is one of the branches. */
  steps?: (number | string)[];
  root?: number;
  branches?: BundleBranch[];
}

interface BundlePoints {
  root: number;
  /** The points for each value of the function. */
  points: number[];
}

interface BundleScore {
  id: string;
  scale: number;
  terms: BundlePoints[];
  sums?: BundlePoints[];
}

interface BundleDecision {
  id: string;
  outcomes: string[];
  rules: { id: string; outcome: number; root: number }[];
  roots: { rule: number; outcome: number };
}

interface Bundle {
  version: number;
  ruleset: string;
  hash: string;
  questions: BundleQuestion[];
  sections: number[];
  order: number[];
  outcomes: string[];
  rules: { id: string; outcome: number; root: number }[];
  criteria: BundleCondition[];
  actions: BundleCondition[];
  estimates: BundleEstimate[];
  scores?: BundleScore[];
  roots: { rule: number; outcome: number; offered?: number };
  nodes: number[][];
  /** The decisions after the first. */
  decisions?: BundleDecision[];
}

/** null is "I don't know". */
type Answer = boolean | string | number | null;

/** For each question, the cell that its answer falls in; null while it is open. */
type Cells = (number | null)[];

interface AssessedEstimate {
  low: number;
  likely: number;
  high: number;
  unit: string;
  assumed: string[];
}

interface PointsRange {
  low: number;
  high: number;
}

interface AssessedScore extends PointsRange {
  terms: PointsRange[];
}

/** Numbers between two bounds, each as the rules name it; null is the question's own bound. */
interface Stretch {
  at_least?: number | string | null;
  above?: number | string;
  below?: number | string | null;
  at_most?: number | string;
}

interface Change {
  question: string;
  to: { options: (string | boolean)[] } | Stretch;
}

interface Changes {
  fewest: number;
  sets: Change[][];
  more: boolean;
}

/** What pages show of one decision. */
interface DecisionAssessment {
  outcome: string | null;
  settled: boolean;
  possible: string[];
  gap: boolean;
  rules: string[];
  matters: string[];
  reasons: string[];
  ruled_out: Record<string, string[]>;
  changes: Record<string, Changes | null>;
}

/** What pages show of an assessment: of the first decision, of the others, and of what they share. */
interface PageAssessment extends DecisionAssessment {
  ruleset: string;
  actions: { apply: string[]; open: string[] };
  estimates: Record<string, AssessedEstimate | null>;
  scores: Record<string, AssessedScore>;
  open: string[];
  unasked: string[];
  unoffered: Record<string, string[]>;
  irrelevant: string[];
  matters_to: { actions: Record<string, string[]>; estimates: Record<string, string[]> };
  next: string | null;
  /** What is said of each decision after the first. */
  decisions: Record<string, DecisionAssessment>;
}

interface CompleteDecision extends DecisionAssessment {
  rule: string | null;
  next: string | null;
  remaining: { fewest: number | null; most: number };
  counts: Record<string, string>;
}

interface Assessment extends Omit<PageAssessment, "decisions"> {
  hash: string;
  rule: string | null;
  criteria: Record<string, boolean | null>;
  unknown: string[];
  matters_to: Record<"actions" | "criteria" | "estimates", Record<string, string[]>>;
  remaining: { fewest: number | null; most: number };
  counts: Record<string, string>;
  /** Only if there are several decisions. */
  decisions?: Record<string, CompleteDecision>;
}

interface AssessorCore {
  accepts(question: BundleQuestion, answer: unknown): boolean;
  assess(bundle: Bundle, answers: Record<string, Answer>): PageAssessment;
}

/** Words that stand in the page for what is only known there: labels by "question=option", titles, "and", "or". */
type Phrases = Record<string, string>;

/** A line of the decision record, and the statement under which it stands there; none means always. */
type RecordLine = [when: string, text: string, places?: string];
