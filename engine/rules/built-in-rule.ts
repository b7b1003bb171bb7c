/**
 * The built-in rule: rare shell commands below a web server on Linux.
 *
 * A statement of our own of a rule that was public until it was retired: program names, accounts, paths and thresholds are
 * facts; order, layout, comments and texts are ours. It answers with the same rows and columns (a test compares both on
 * labelled events). The alternatives that tie an event to a web server stand one a line, so that each can be named.
 */
import type { Rule } from './rule.ts'

const QUERY = `// Shells that a web server on Linux started with -c: commands that ran fewer than five times, on one agent only.
FROM logs-endpoint.events.process-* METADATA _id, _index, _version
// Elastic Defend merges the documents of short-lived processes; each action gets a row of its own.
| MV_EXPAND event.action
| WHERE event.action == "exec"
    AND event.type == "start"
    AND host.os.type == "linux"
    // a shell that was handed a command
    AND process.name IN ("sh", "dash", "bash", "zsh", "ksh", "fish", "csh", "tcsh")
    AND process.command_line LIKE "* -c *"
    // under a web server: by the parent's name, by the service account, or by the parent's directory
    AND (
      process.parent.name IN (
        "apache", "apache2", "httpd", "httpd.worker", "nginx", "openresty", "lighttpd", "lswsctrl", "caddy", "cherokee",
        "h2o", "hiawatha", "traefik", "webfsd", "yaws",
        "php-cgi", "php-cgi.cagefs", "php-fcgi",
        "gunicorn", "uwsgi", "flask", "tornado", "hypercorn", "daphne", "twistd",
        "puma", "unicorn", "rails", "mongrel", "mongrel_rails",
        "catalina.sh", "resin"
      )
      OR process.parent.name LIKE "php-fpm*"
      OR user.name IN ("www-data", "apache", "httpd", "nginx", "lighttpd", "tomcat", "tomcat8", "tomcat9")
      OR user.id IN ("33", "48", "498")
      OR process.parent.working_directory LIKE "/var/www/*"
      OR (process.parent.working_directory LIKE "/u0?/*" AND process.parent.name == "java")
    )
    // not an administrator's terminal, an editor's server or a daemon in the root directory
    AND NOT (
      process.working_directory == "/"
      OR process.working_directory LIKE "/home/*"
      OR process.working_directory LIKE "/vscode/vscode-server/*"
      OR process.parent.executable LIKE "/vscode/vscode-server/*"
      OR process.parent.executable == "/usr/bin/xfce4-terminal"
    )
| STATS
    Esql.event_count = COUNT(*),
    Esql.agent_id_count_distinct = COUNT_DISTINCT(agent.id),
    Esql.host_name_values = VALUES(host.name),
    Esql.agent_id_values = VALUES(agent.id),
    Esql.event_dataset_values = VALUES(event.dataset),
    Esql.data_stream_namespace_values = VALUES(data_stream.namespace)
  BY process.command_line, process.working_directory, process.parent.executable
// what runs again and again, or on several machines, is routine in the eyes of this rule
| WHERE Esql.event_count < 5 AND Esql.agent_id_count_distinct == 1
| SORT Esql.event_count ASC
| EVAL agent.id = MV_MIN(Esql.agent_id_values), host.name = MV_MIN(Esql.host_name_values)
| KEEP agent.id, host.name, process.command_line, process.working_directory, process.parent.executable, Esql.*
`

const DESCRIPTION =
  'Finds shell commands that a web server on Linux, or its service account, started and that are rare: fewer than five ' +
  'times in the window and on one agent only. A web application has few reasons to start a shell, and those repeat; the ' +
  'command of somebody who reached it through a web shell or an injection usually does not. What it reports is a reason ' +
  'to look, not a verdict.'

const NOTE = `## What a finding means
A shell was started with a command (\`-c\`) by a program that serves web pages, by the account such a program runs under, or
in a directory of web content, and the same command in the same directory under the same parent program was seen fewer than
five times, on a single agent.

## What it cannot see
- Events without a working directory, without the parent's executable or without \`agent.id\`: a condition on a missing value
  is neither true nor false, and the event is dropped.
- Merged documents whose \`event.type\` holds several values (a process that lived for milliseconds).
- Commands run in \`/\` or below \`/home\`, joined flags such as \`bash -lc\`, interpreters other than shells, and shells under
  another name.
- A command repeated five times within the window, or tried on two machines.

## Often harmless
- Jobs of the service account: cron, queue workers and schedulers match by the account alone.
- Helpers of the application: image conversion, mail delivery, previews, version control.
`

/** The rule that runs when none is named. */
export const BUILT_IN_RULE: Rule = {
  id: 'rarebit-rare-web-server-command',
  name: 'Rare command started by a web server',
  description: DESCRIPTION,
  query: QUERY,
  severity: 'low',
  riskScore: 21,
  from: 'now-61m',
  interval: '1h',
  maxSignals: 100,
  techniques: ['T1505.003', 'T1059.004', 'T1071', 'T1190'],
  threat: [
    { tactic: { id: 'TA0003', name: 'Persistence' }, techniques: [{ id: 'T1505.003', name: 'Web Shell' }] },
    { tactic: { id: 'TA0002', name: 'Execution' }, techniques: [{ id: 'T1059.004', name: 'Unix Shell' }] },
    { tactic: { id: 'TA0011', name: 'Command and Control' }, techniques: [{ id: 'T1071', name: 'Application Layer Protocol' }] },
    { tactic: { id: 'TA0001', name: 'Initial Access' }, techniques: [{ id: 'T1190', name: 'Exploit Public-Facing Application' }] }
  ],
  timestampOverride: 'event.ingested',
  note: NOTE,
  falsePositives: [],
  references: [],
  tags: [],
  author: ['Rarebit'],
  license: 'Apache-2.0',
  version: 1,
  buildingBlock: false,
  suppression: null,
  retired: {
    date: '2026-07-02',
    reason:
      'Its logic does not tell what a web server really started: the account or the directory alone is enough, so a cron job ' +
      'of the service account matches as well, and it is not meant for general use any more.',
    successors: [
      'Unusual Command Execution via Web Server (new terms: first command line, host and parent program within 7 days)',
      'Suspicious Command Execution via Web Server (EQL: content of single commands)'
    ]
  },
  notes: []
}

/** Upstream's rule id, by which an analyst finds the retired original. */
export const BUILT_IN_ORIGIN_ID = '8a7933b4-9d0a-4c1c-bda5-e39fb045ff1d'
