/** The last steps: is it routine, and what to do when it is not. */
import type { InvestigationStep } from '../investigation-step.ts'
import { shellWord } from '../quoting.ts'
import { familyOf, sameGroup } from './process-steps.ts'
import { signsOf } from './routine-programs.ts'
import {
  type BoundContext,
  type StepMaker,
  HOUR,
  between,
  inOrder,
  keep,
  listed,
  moved,
  onHost,
  pipeline
} from './step-context.ts'

const verdict: StepMaker = (context) => {
  const signs = signsOf(context.commandLine ?? '', context.parts, context.workingDirectory, context.parentName)
  const suggestion =
    signs.against.length > 0
      ? 'Signs speak against routine.'
      : signs.routine.length > 0
        ? 'It may well be routine: check with whoever runs the application.'
        : 'Neither sign is there: the steps before have to tell.'
  return {
    id: 'verdict',
    title: 'Could it be routine?',
    text: `${suggestion} This only helps to weigh; it decides nothing.`,
    query: pipeline(
      sameGroup(context),
      'EVAL day = DATE_TRUNC(24 hours, @timestamp)',
      `STATS n = COUNT(*), first_seen = MIN(@timestamp), last_seen = MAX(@timestamp) BY day`,
      'SORT day'
    ),
    meaning: 'Much the same number each day over many days is how routine looks; a single day is not proof of the opposite.',
    missing: null,
    hostCommand: null,
    facts: [
      ...signs.routine.map((value) => ({ label: 'for routine', value })),
      ...signs.against.map((value) => ({ label: 'against routine', value }))
    ]
  }
}

const contain: StepMaker = (context) => {
  const family = familyOf(context)
  const { addresses, paths } = context.parts
  const facts: InvestigationStep['facts'] = [
    {
      label: '1 preserve',
      value: 'copies of the files found before and after, the access log, and what is left of the process in /proc'
    },
    {
      label: '2 stop',
      value:
        context.pids.length > 0
          ? `process ${listed(context.pids)} and its children (D3-PT)`
          : 'the process and its children (D3-PT)'
    },
    {
      label: '3 block',
      value:
        addresses.length > 0
          ? `${listed(addresses, 10)} and those of the connections step (RA3101, D3-OTF)`
          : 'the addresses of the connections step (RA3101, D3-OTF)'
    },
    {
      label: '4 remove',
      value: `the files found, by path, once copied${paths.length > 0 ? `; the command names ${listed(paths, 5)}` : ''} (RA3303, D3-FEV)`
    },
    { label: '5 rotate', value: 'every secret in files that the commands of the account read (D3-CRO)' },
    { label: '6 close', value: 'the way in: the upload, plugin or flaw that put the script there (T1190)' },
    { label: '7 rebuild', value: 'the host, when the privilege step found anything (RA5001)' }
  ]
  return {
    id: 'contain',
    title: 'Contain and clean up, once confirmed',
    text: `Only when the steps before confirm it: work on ${listed(context.hosts) || 'the host'} in this order. The commands are for copying; read them first.`,
    query:
      family === null
        ? null
        : pipeline(
            [onHost(context), family, ...between(context, moved(context.t0, -HOUR), null)],
            ...inOrder(context),
            keep(context, '@timestamp', 'event.action', 'event.type', 'process.pid', 'process.executable', 'process.command_line')
          ),
    meaning: 'A process of this family without an end event may still run; its id is the one to stop.',
    missing: family === null ? 'The events carry no process ids: find the process on the host.' : null,
    hostCommand: containCommands(context).join('\n'),
    facts
  }
}

/** Preserve first, then stop; removal and blocking are left to the reader with the values in place. */
function containCommands(context: BoundContext): string[] {
  const pids = context.pids.slice(0, 10)
  const files = context.parts.paths.filter((path) => path.startsWith('/')).slice(0, 10)
  const addresses = context.parts.addresses.slice(0, 10)
  return [
    'mkdir -p /root/evidence',
    ...pids.map((pid) => `cp -a /proc/${pid}/exe /proc/${pid}/cmdline /proc/${pid}/environ /root/evidence/`),
    ...files.map((path) => `cp -a --parents -- ${shellWord(path)} /root/evidence/`),
    ...pids.map((pid) => `kill -STOP ${pid}`),
    ...addresses.map(
      (address) => `nft add rule inet filter output ${address.includes(':') ? 'ip6' : 'ip'} daddr ${shellWord(address)} drop`
    )
  ]
}

export const CONTAINMENT_STEPS: readonly StepMaker[] = [verdict, contain]
