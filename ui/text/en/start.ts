/** English texts of the first screen beyond those of the shell: where files come from. */
export const start = {
  'get.discover': 'Discover in Kibana: CSV with dotted headers',
  'get.discover.how':
    'Open the data view of the events, add the fields of the rule as columns, then Share, CSV reports, Generate. Kibana stops at its row limit; narrow the time range until all rows fit.',
  'get.devtools': 'Dev Tools in Kibana: a search response',
  'get.devtools.how':
    'Run the search, copy the answer and paste it here, or save it as a file. Search responses, JSON arrays and bulk files are read as they are.',
  'get.export': 'Elastic Defend or Elastic Agent: one event a line',
  'get.export.how': 'Any client that writes one document or one hit a line will do; .gz and .zip are read as they are.',
  'get.auditbeat': 'Auditbeat: its own files, no cluster needed',
  'get.auditbeat.how': 'Let Auditbeat write to a folder instead of a cluster. Its files are one ECS event a line.',
  'get.auditd': 'auditd: audit.log',
  'get.auditd.how':
    'Drop it as it is, rotated files too. The records of an event are joined and read as ECS events; parents come from other records of the same file. The more is recorded, the more parents are known: the second rule also records how processes begin. With log_format = ENRICHED the log holds user names.',
  'get.journald': 'systemd journal',
  'get.journald.how':
    'One entry a line, with the journal’s own field names: for queries of your own rather than for rules, which ask for ECS fields.',
  'get.rules': 'Rules: .toml, .esql, rule export',
  'get.rules.how':
    'In Kibana: Security, Rules, select, Export. Or a folder of the public detection-rules repository. Drop one rule beside the data and it is chosen; drop many and run all of them.'
} as const
