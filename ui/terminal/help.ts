/** What `--help` prints. */
import type { CommandName } from './arguments.ts'

const OVERVIEW = `rarebit: runs Elastic's ES|QL detection rules on log files, here and offline.

  rarebit hunt FILE...            findings of a rule
  rarebit query 'ES|QL' FILE...   the answer to a query
  rarebit lint RULE...            what is wrong with a rule though it may run
  rarebit esql --stdio            a request a line in, an answer a line out

  rarebit COMMAND --help          the options of a command
  rarebit --version

FILE: NDJSON, JSON array, search response, hits, bulk file, CSV, Linux audit.log, also .gz and .zip; the content decides.
"-" is standard input. Nothing is sent anywhere.

Exit status: 0 ran; 1 findings, with --fail-on-findings (lint: findings); 2 bad arguments; 3 nothing readable.
`

const HUNT = `rarebit hunt FILE... [options]

  --rule FILE|NAME       a rule file (TOML, rule export, .esql, JSON) or the name of the built-in rule; several are allowed;
                         without it the built-in rule runs
  --rules DIR|FILE       all ES|QL rules of a folder (with what is below it) or of a rule export, over one pass of the data;
                         says of each rule what it found, or why nothing
  --replay               run as scheduled: a window of events for each run
  --from now-61m         start of the window, relative to the run (with --replay; default: the rule's)
  --interval 1h          time between runs (with --replay; default: the rule's)
  --from-time ISO        only events at or after; a time without a zone is UTC
  --to-time ISO          only events at or before
  --now ISO              what NOW() means (default: end of the window; whole file: the newest event)
  --lookup NAME=FILE     a table for LOOKUP JOIN and ENRICH; several are allowed. ENRICH compares the first column, or that of
                         --lookup NAME:FIELD=FILE
  --format FORMAT        table (default), json, ndjson, csv, markdown
  --source-order         keep several values in the order of the file
  --index-limits         leave out values longer than Elasticsearch indexes
  --hash                 SHA-256 of each file in the JSON output
  --fail-on-findings     exit with 1 when there are findings
`

const QUERY = `rarebit query 'ES|QL' FILE... [options]

  --now ISO              what NOW() means (default: now)
  --lookup NAME=FILE     a table for LOOKUP JOIN and ENRICH; several are allowed. ENRICH compares the first column, or that of
                         --lookup NAME:FIELD=FILE
  --format FORMAT        table (default), json, ndjson, csv, markdown
  --source-order         keep several values in the order of the file
  --index-limits         leave out values longer than Elasticsearch indexes

A query without LIMIT answers with 1,000 rows at most, as Elasticsearch does, and says so.
`

const ESQL = `rarebit esql --stdio [--now ISO]

Reads one request a line from standard input and writes one answer a line:
  {"id":1,"query":"FROM a | LIMIT 1","indices":{"a":{"mapping":{"x":"long"},"file":"/path/a.ndjson"}}}
  {"id":1,"columns":[{"name":"x","type":"long"}],"values":[[1]],"warnings":[]}
`

const LINT = `rarebit lint RULE... [options]

RULE: TOML (detection-rules), rule export (NDJSON), .esql, JSON, a folder of them; "-" is standard input.

  --format FORMAT        table (default), json, sarif (SARIF 2.1.0)
  --check ID             only this check; several are allowed, also with commas
  --ignore ID            all but this check
  --severity LEVEL       note (default), warning, error: leave out what is below
  --explain ID           what a check looks for, and why
  --checks               the list of checks

Exit status: 0 no findings; 1 findings; 2 bad arguments; 3 no rule could be read.
`

const TEXTS: Readonly<Record<CommandName, string>> = { hunt: HUNT, query: QUERY, esql: ESQL, lint: LINT }

/** The help of a command, or of all. */
export function helpText(command: CommandName | null): string {
  return command === null ? OVERVIEW : TEXTS[command]
}
