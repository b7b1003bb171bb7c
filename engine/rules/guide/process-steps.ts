/** Steps about the command itself: what it is, why it was reported, its process tree, what else ran, how rare it is. */
import type { InvestigationStep } from '../investigation-step.ts'
import { shellWord } from '../quoting.ts'
import {
  type BoundContext,
  type StepMaker,
  HOUR,
  anyOf,
  between,
  byUser,
  inOrder,
  isStart,
  journalRange,
  keep,
  listed,
  matching,
  missingUnless,
  moved,
  onHost,
  pipeline,
  shortened
} from './step-context.ts'

type Facts = InvestigationStep['facts']

/** The conditions that select the finding's own events. */
export function sameGroup(context: BoundContext): (string | null)[] {
  const one = (value: string | null) => (value === null ? [] : [value])
  return [
    matching(context, 'process.command_line', one(context.commandLine)),
    matching(context, 'process.working_directory', one(context.workingDirectory)),
    matching(context, 'process.parent.executable', one(context.parentExecutable))
  ]
}

const decode: StepMaker = (context) => {
  const { decoded, programs, hosts, addresses, ports, urls, paths } = context.parts
  const facts: Facts = decoded.layers.map((layer) => ({ label: `decoded (${layer.method})`, value: layer.text }))
  if (decoded.truncated) facts.push({ label: 'decoding', value: 'stopped at its bound: there may be more layers' })
  for (const [label, values] of Object.entries({ programs, hosts, addresses, ports, URLs: urls, paths })) {
    if (values.length > 0) facts.push({ label, value: values.join(', ') })
  }
  const hidden =
    decoded.layers.length > 0 ? `It hides ${decoded.layers.length} further text(s), shown below.` : 'Nothing in it is encoded.'
  return {
    id: 'decode',
    title: 'What does the command do?',
    text: `Read the command in full: ${shortened(context.commandLine)}. ${hidden} The programs, hosts, ports and paths below are used by the later steps.`,
    query: pipeline(
      [...sameGroup(context), onHost(context)],
      ...inOrder(context),
      keep(
        context,
        '@timestamp',
        'host.name',
        'user.name',
        'process.name',
        'process.executable',
        'process.args',
        'process.command_line'
      )
    ),
    meaning:
      'Identity and system questions (id, whoami, uname) are an operator looking around; a download followed by a start, an encoded text, ' +
      'or a shell tied to a socket leaves little room for an innocent reason.',
    missing: missingUnless(context, 'process.command_line', 'command lines'),
    hostCommand: null,
    facts
  }
}

const whyMatched: StepMaker = (context) => {
  const tie = [
    ['parent', context.parentName],
    ['parent program', context.parentExecutable],
    ['user', context.users.length > 0 ? context.users.join(', ') : null],
    ['directory', context.workingDirectory]
  ] as const
  const facts: Facts = tie.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))
  if (context.matchedBy !== null) facts.unshift({ label: 'matched', value: context.matchedBy })
  const columns = [
    'process.parent.name',
    'process.parent.command_line',
    'process.parent.working_directory',
    'user.name',
    'user.id'
  ].filter(context.has)
  return {
    id: 'why',
    title: 'Why was it reported?',
    text: `${context.matchedBy === null ? 'See which alternative of the rule held' : `It was ${context.matchedBy}`}: parent ${context.parentName ?? context.parentExecutable ?? 'unknown'}, user ${listed(context.users) || 'unknown'}.`,
    query: pipeline(
      [...sameGroup(context), onHost(context)],
      `STATS events = COUNT(*), first_seen = MIN(@timestamp), last_seen = MAX(@timestamp)${columns.length > 0 ? `\n    BY ${columns.join(', ')}` : ''}`,
      'SORT events DESC'
    ),
    meaning:
      'When only the account matched and the parent is cron, a PHP command line or a supervisor, it is most likely a job. When the parent ' +
      'itself serves the web, a request made it run.',
    missing: null,
    hostCommand: null,
    facts
  }
}

/** Conditions that find parent, process and children by entity id, else by process id. */
export function familyOf(context: BoundContext): string | null {
  const byEntity = anyOf([
    matching(context, 'process.parent.entity_id', context.entityIds),
    matching(context, 'process.entity_id', [...context.entityIds, ...context.parentEntityIds])
  ])
  if (byEntity !== null) return byEntity
  return anyOf([
    matching(context, 'process.parent.pid', context.pids),
    matching(context, 'process.pid', [...context.pids, ...context.parentPids])
  ])
}

const processTree: StepMaker = (context) => {
  const family = familyOf(context)
  const from = moved(context.t0, -HOUR)
  const to = moved(context.t1, HOUR)
  // Process ids are used again, so without entity ids only the hours around count.
  const byPid = context.entityIds.length === 0 || !context.has('process.entity_id')
  return {
    id: 'tree',
    title: 'What did it start?',
    text: `Follow the process on ${listed(context.hosts) || 'the host'}: its parent, itself and its children${byPid ? ', by process id within an hour' : ''}.`,
    query:
      family === null
        ? null
        : pipeline(
            [onHost(context), family, ...(byPid ? between(context, from, to) : [])],
            ...inOrder(context),
            keep(
              context,
              '@timestamp',
              'event.action',
              'process.pid',
              'process.parent.pid',
              'process.name',
              'process.command_line',
              'process.working_directory',
              'user.name'
            )
          ),
    meaning:
      'Look for an interactive shell (bash -i), a child whose parent is 1 (it was detached to outlive the request), and programs in /tmp or ' +
      '/dev/shm. No children means that the command did its work alone.',
    missing: family === null ? 'The events carry neither process.entity_id nor process.pid: children cannot be told.' : null,
    hostCommand:
      context.pids.length > 0
        ? `ps -o pid,ppid,user,lstart,args --forest -p ${context.pids.slice(0, 20).join(',')} --ppid ${context.pids.slice(0, 20).join(',')}`
        : 'ps -eo pid,ppid,user,lstart,args --forest',
    facts: []
  }
}

const sameUser: StepMaker = (context) => {
  const from = moved(context.t0, -HOUR)
  const to = moved(context.t1, HOUR)
  const byCommand = context.has('process.command_line') ? 'process.command_line' : 'process.name'
  return {
    id: 'same-user',
    title: 'What else did this account run?',
    text: `List what ${listed(context.users) || 'the account'} started on ${listed(context.hosts) || 'the host'} from an hour before to an hour after.`,
    query: pipeline(
      [onHost(context), byUser(context), isStart(context), ...between(context, from, to)],
      `STATS n = COUNT(*), first_seen = MIN(@timestamp), last_seen = MAX(@timestamp) BY ${byCommand}`,
      'SORT first_seen'
    ),
    meaning:
      'Several different short commands within minutes (id, whoami, uname, ls, cat) are somebody typing. One command at even distances is a job.',
    missing: context.users.length === 0 ? 'The events name no user: the list covers every account.' : null,
    hostCommand: `journalctl _TRANSPORT=audit${journalRange(from, to)}`,
    facts: []
  }
}

const howRare: StepMaker = (context) => {
  return {
    id: 'rarity',
    title: 'How rare is it, and since when?',
    text: `Count this command in its directory under its parent by hour over all loaded events: ${context.eventCount} in the finding.`,
    query: pipeline(
      sameGroup(context),
      'EVAL hour = DATE_TRUNC(1 hour, @timestamp)',
      `STATS n = COUNT(*)${hostCount(context)} BY hour`,
      'SORT hour'
    ),
    meaning:
      'A first appearance without a deployment before it speaks for an intruder; the same hour each day speaks for a schedule. Compare the ' +
      'first hour with the last change of the application.',
    missing: null,
    hostCommand: null,
    facts: [
      ...(context.t0 === null ? [] : [{ label: 'first seen', value: context.t0 }]),
      ...(context.t1 === null ? [] : [{ label: 'last seen', value: context.t1 }])
    ]
  }
}

function hostCount(context: BoundContext): string {
  return context.has('host.name') ? ', hosts = COUNT_DISTINCT(host.name)' : ''
}

const samePlace: StepMaker = (context) => {
  const agents = context.has('agent.id') ? ', agents = COUNT_DISTINCT(agent.id)' : ''
  return {
    id: 'same-place',
    title: 'What does the rule count away here?',
    text: `List all commands with the same parent and directory (${shortened(context.workingDirectory)}), frequent ones and those on several agents too.`,
    query: pipeline(
      sameGroup(context).slice(1),
      `STATS n = COUNT(*)${agents}, first_seen = MIN(@timestamp), last_seen = MAX(@timestamp) BY process.command_line`,
      'SORT n DESC'
    ),
    meaning:
      'A command that ran five times or on several machines is left out by the rule. A loop, or the same attack on two servers, hides there.',
    missing: missingUnless(context, 'process.command_line', 'command lines'),
    hostCommand: null,
    facts: []
  }
}

const nearMisses: StepMaker = (context) => {
  const from = moved(context.t0, -HOUR)
  const to = moved(context.t1, HOUR)
  const tie = anyOf([
    matching(context, 'process.parent.executable', context.parentExecutable === null ? [] : [context.parentExecutable]),
    byUser(context)
  ])
  const columns = ['process.name', 'process.working_directory', 'process.command_line'].filter(context.has)
  return {
    id: 'near-misses',
    title: 'What did the rule narrowly pass over?',
    text: `List process starts with the same parent or account on ${listed(context.hosts) || 'the host'} within an hour, whatever the shell, the flags or the directory.`,
    query: pipeline(
      [onHost(context), tie, isStart(context), ...between(context, from, to)],
      `STATS n = COUNT(*), first_seen = MIN(@timestamp)${columns.length > 0 ? ` BY ${columns.join(', ')}` : ''}`,
      'SORT first_seen'
    ),
    meaning:
      'Scripts (sh /tmp/x), joined flags (bash -lc), interpreters (python -c), a directory of / or below /home: the rule excludes these, an ' +
      'intruder uses them. The near misses of the run name the condition that each event failed.',
    missing: null,
    hostCommand: `journalctl _TRANSPORT=audit${journalRange(from, to)} | grep -F -e ${shellWord('EXECVE')}`,
    facts: []
  }
}

export const PROCESS_STEPS: readonly StepMaker[] = [decode, whyMatched, processTree, sameUser, howRare, samePlace, nearMisses]
