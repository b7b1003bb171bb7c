/** Rules of our own, one a feature, that the exerciser must always fire and spare, condition by condition. */
export const OWN_RULES: Record<string, string> = {
  'AND, OR, NOT and IN': `FROM logs-* | WHERE host.os.type == "linux" AND (process.name IN ("nc", "ncat") OR process.args == "-e")
    AND NOT user.name IN ("root", "backup") AND NOT (process.name == "nc" AND user.id == "0")`,
  'LIKE, RLIKE and a list of patterns': `FROM logs-* | WHERE process.command_line LIKE "*curl*"
    AND process.command_line RLIKE ".*https?://[0-9]{1,3}(\\\\.[0-9]{1,3}){3}/.*" AND NOT file.path LIKE ("/tmp/a*", "/var/*")`,
  'comparisons and missing values': `FROM logs-* | WHERE destination.port >= 1024 AND destination.port != 8080 AND source.ip IS NOT NULL
    AND process.parent.name IS NULL AND event.duration < 1.5 * 1000`,
  'texts taken apart and put together': `FROM logs-* | EVAL short = SUBSTRING(TO_LOWER(user.name), 1, 3), both = CONCAT(short, "@", host.name)
    | WHERE short == "adm" AND both LIKE "*@web-?" AND LENGTH(process.command_line) > 200`,
  CASE: `FROM logs-* | EVAL family = CASE(process.name IN ("sh", "bash"), "shell", process.name LIKE "python*", "interpreter", "other"),
    weight = CASE(family == "shell", 2, family == "interpreter", 1, 0) | WHERE weight >= 1 AND family != "shell"`,
  'occurrences of a pattern': `FROM logs-* | EVAL marked = REPLACE(powershell.file.script_block_text, "[a-z]\`[a-z]", "#"),
    marks = LENGTH(marked) - LENGTH(REPLACE(marked, "#", "")) | WHERE marks >= 3 AND event.code == "4104"`,
  GROK: `FROM logs-* | GROK message "%{WORD:verb} %{IP:from} %{GREEDYDATA:rest}" | WHERE verb == "denied" AND from IS NOT NULL AND rest LIKE "*admin*"`,
  DISSECT: `FROM logs-* | DISSECT message "user=%{who} role=%{role}" | WHERE role == "owner" AND NOT who LIKE "svc-*"`,
  COUNT: `FROM logs-* | WHERE event.outcome == "failure" | STATS failures = COUNT(*) BY user.name | WHERE failures >= 7 AND user.name != "guest"`,
  COUNT_DISTINCT: `FROM logs-* | WHERE event.category == "network" AND destination.ip IS NOT NULL
    | STATS targets = COUNT_DISTINCT(destination.ip), events = COUNT(*) BY source.ip | WHERE targets > 5 AND events <= 40`,
  'events of two kinds': `FROM logs-* | EVAL failed = CASE(event.outcome == "failure", 1, 0), passed = CASE(event.outcome == "success", 1, 0)
    | STATS failures = SUM(failed), successes = SUM(passed), users = COUNT_DISTINCT(user.name) WHERE event.outcome == "failure" BY source.ip
    | WHERE failures >= 5 AND successes >= 1 AND users >= 3`,
  'shares of a whole': `FROM logs-* | STATS denied = COUNT(CASE(event.outcome == "failure", 1, null)), total = COUNT(*) BY user.name
    | EVAL share = denied * 100.0 / total | WHERE share >= 60 AND total > 9`,
  'times of a group': `FROM logs-* | STATS begin = MIN(@timestamp), end = MAX(@timestamp), n = COUNT(*) BY user.id
    | EVAL minutes = DATE_DIFF("minute", begin, end), age = DATE_DIFF("minute", end, NOW()) | WHERE minutes >= 30 AND age < 20 AND n > 2`,
  'groups of groups': `FROM logs-* | STATS tries = COUNT(*) BY user.name, source.ip
    | STATS most = MAX(tries), users = COUNT_DISTINCT(user.name) BY source.ip | WHERE most <= 3 AND users >= 4`,
  'INLINE STATS': `FROM logs-* | INLINE STATS hosts = COUNT_DISTINCT(host.id) BY process.hash.sha256 | WHERE hosts == 1 AND process.name == "tool"`,
  MV_EXPAND: `FROM logs-* | MV_EXPAND process.args | WHERE process.args LIKE "--token=*" AND process.name != "vault"`,
  'date conditions': `FROM logs-* | WHERE @timestamp > NOW() - 1 hour AND event.created <= "2025-05-01T00:00:00Z" AND event.end IS NOT NULL`,
  CIDR_MATCH: `FROM logs-* | WHERE CIDR_MATCH(source.ip, "10.0.0.0/8", "192.168.0.0/16") AND NOT CIDR_MATCH(destination.ip, "10.0.0.0/8")`,
  'KQL and MATCH': `FROM logs-* | WHERE KQL("event.action:(start or exec) and not process.name:sys*") AND MATCH(message, "denied") AND user.name : "eve"`,
  RENAME: `FROM logs-* | RENAME user.name AS who | EVAL who = TO_UPPER(who) | WHERE who == "EVE" AND STARTS_WITH(host.name, "db")`
}
