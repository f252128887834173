// The shapes that the scripts share; assessor/bundle.py and assessor/assessment.py say what they mean.

type QuantityRange = [low: number, likely: number, high: number];

interface BundleQuestion {
  id: string;
  kind: "yes-no" | "choice" | "number";
  options?: string[];
  minimum?: number;
  maximum?: number;
  cuts?: number[];
  default?: QuantityRange;
  asked?: number;
}

interface BundleCondition {
  id: string;
  root: number;
}

interface BundleEstimate {
  id: string;
  unit: string;
  inputs: (QuantityRange | { question: number })[];
  steps: (number | string)[];
}

interface Bundle {
  version: number;
  ruleset: string;
  hash: string;
  questions: BundleQuestion[];
  outcomes: string[];
  rules: { id: string; outcome: number }[];
  criteria: BundleCondition[];
  actions: BundleCondition[];
  estimates: BundleEstimate[];
  roots: { rule: number; outcome: number };
  nodes: number[][];
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

interface Assessment {
  ruleset: string;
  hash: string;
  outcome: string | null;
  settled: boolean;
  possible: string[];
  gap: boolean;
  rule: string | null;
  rules: string[];
  actions: { apply: string[]; open: string[] };
  criteria: Record<string, boolean | null>;
  estimates: Record<string, AssessedEstimate | null>;
  open: string[];
  unasked: string[];
}

interface AssessorCore {
  accepts(question: BundleQuestion, answer: unknown): boolean;
  assess(bundle: Bundle, answers: Record<string, Answer>): Assessment;
}
