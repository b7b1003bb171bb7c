/** InvestigationStep: one thing to check for a finding; plain, so that it crosses the worker boundary as it is. */
export interface InvestigationStep {
  id: string
  title: string
  /** What to look at and why, with the finding's own values. */
  text: string
  /** ES|QL bound to the finding's values; null for steps that need no data. */
  query: string | null
  /** How to read the answer. */
  meaning: string
  /** Set when the loaded data cannot answer: names what is missing. */
  missing: string | null
  /** What to type on the host instead; text only, never run. */
  hostCommand: string | null
  /** Facts the step states without a query (decoded command, matched branch). */
  facts: { label: string; value: string }[]
}
