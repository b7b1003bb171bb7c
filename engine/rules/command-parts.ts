/**
 * What a command line names: programs it starts, hosts, addresses, ports, URLs and paths. For reading and for queries only.
 *
 * In: a command line and what was decoded from it. Out: distinct values in order of appearance, bounded. Works on text, as
 * a reader would, not as a shell: quotes are respected, nothing is expanded.
 */
import { type DecodedCommand, decodeCommand } from './decode-command.ts'

export interface CommandParts {
  decoded: DecodedCommand
  /** Base names of the programs started: `curl`, `bash`. */
  programs: string[]
  /** Host names, not addresses. */
  hosts: string[]
  addresses: string[]
  ports: number[]
  urls: string[]
  paths: string[]
}

const MAX_VALUES = 50
const MAX_TEXT = 64 * 1024

/** The parts of a command line, those of its decoded layers included. */
export function commandParts(command: string): CommandParts {
  const decoded = decodeCommand(command)
  const texts = [command, ...decoded.layers.map((layer) => layer.text)].map((text) => text.slice(0, MAX_TEXT))
  const urls = distinct(texts.flatMap((text) => text.match(URL_PATTERN) ?? []).map((url) => url.replace(/[.,:]+$/, '')))
  const ends = texts.flatMap(endpoints).concat(urls.flatMap(urlEndpoint))
  const named = distinct(ends.map((end) => end.host))
  return {
    decoded,
    programs: distinct(texts.flatMap((text) => programsOf(text))),
    hosts: named.filter((host) => !isAddress(host)),
    addresses: distinct([...named.filter(isAddress), ...texts.flatMap((text) => text.match(IPV4) ?? [])]),
    ports: distinct(ends.flatMap((end) => (end.port === null ? [] : [end.port]))),
    urls,
    paths: distinct(texts.flatMap(pathsOf))
  }
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)].slice(0, MAX_VALUES)
}

// ---- hosts and ports ----

interface Endpoint {
  host: string
  port: number | null
}

const URL_PATTERN = /\b(?:https?|ftps?|tftp|wss?|ldaps?|rmi|iiop|dns|gopher|ssh|git|smb):\/\/[^\s"'`<>|;&(){}\\]{1,2000}/gi
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const IPV4 = new RegExp(`(?<![\\d.])${OCTET}(?:\\.${OCTET}){3}(?![\\d.]*\\d)`, 'g')
const IPV4_PORT = new RegExp(`(?<![\\d.])(${OCTET}(?:\\.${OCTET}){3})["']?\\s{0,3}[:,]\\s{0,3}(\\d{1,5})\\b`, 'g')
const DEVICE = /\/dev\/(?:tcp|udp)\/([^\s/"'|;&<>]{1,255})\/(\d{1,5})/g
/** Programs whose first plain argument is a host, and perhaps the next a port. */
const TALKS_TO_HOST = new Set([
  'nc',
  'ncat',
  'netcat',
  'nc.openbsd',
  'nc.traditional',
  'telnet',
  'ping',
  'dig',
  'nslookup',
  'host',
  'ssh',
  'curl',
  'wget',
  'ftp',
  'tftp'
])
const USER_AT_HOST = /(?<![\w.-])[\w.-]{1,64}@([A-Za-z0-9][A-Za-z0-9.-]{0,254})/g
const SOCAT = /\b(?:TCP|UDP|OPENSSL|SSL)[46]?(?:-CONNECT)?:([^\s:,"']{1,255}):(\d{1,5})/gi
const HOST_NAME = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)+[A-Za-z]{2,24}\.?$/

function endpoints(text: string): Endpoint[] {
  return [
    ...[...text.matchAll(DEVICE)].flatMap((match) => endpoint(match[1]!, match[2])),
    ...[...text.matchAll(SOCAT)].flatMap((match) => endpoint(match[1]!, match[2])),
    ...[...text.matchAll(IPV4_PORT)].flatMap((match) => endpoint(match[1]!, match[2])),
    ...[...text.matchAll(USER_AT_HOST)].flatMap((match) => endpoint(match[1]!, undefined)),
    ...simpleCommands(text).flatMap(hostArgument)
  ]
}

function endpoint(host: string, port: string | undefined): Endpoint[] {
  const bare = host.replace(/^\[|\]$/g, '')
  if (!isAddress(bare) && !HOST_NAME.test(bare)) return []
  const number = Number(port)
  return [{ host: bare, port: number > 0 && number < 65536 ? number : null }]
}

function urlEndpoint(url: string): Endpoint[] {
  const match = /^[a-z]+:\/\/(?:[^/@]*@)?(\[[0-9a-fA-F:.]+\]|[^/:?#]+)(?::(\d{1,5}))?/i.exec(url)
  return match ? endpoint(match[1]!, match[2]) : []
}

function hostArgument(words: readonly string[]): Endpoint[] {
  const [program, ...rest] = words
  if (program === undefined || !TALKS_TO_HOST.has(baseName(program))) return []
  const plain = rest.filter((word) => !word.startsWith('-'))
  // An option's value may come first, so every plain word that looks like a host is taken.
  return plain.flatMap((word, index) => {
    const [host, port] = /^([^:/]+)(?::(\d{1,5}))?(?:\/.*)?$/.exec(word)?.slice(1) ?? []
    const next = plain[index + 1]
    return host === undefined ? [] : endpoint(host, port ?? (next && /^\d{1,5}$/.test(next) ? next : undefined))
  })
}

const IPV6 = /^(?=.*:.*:)[0-9a-fA-F:]{2,39}(?:%\w+)?$/

function isAddress(text: string): boolean {
  return text.match(IPV4)?.[0] === text || IPV6.test(text)
}

// ---- paths ----

const PATH = /(?<![\w:/.~@%-])(?:~\/|\/)[\w.@%+,=~#\u0080-\uffff-]+(?:\/[\w.@%+,=~#\u0080-\uffff-]+)*\/?/g
const DULL_PATHS = /^\/dev\/(?:null|zero|stdin|stdout|stderr|tcp\/.*|udp\/.*)$/

function pathsOf(text: string): string[] {
  const found = text.replace(URL_PATTERN, ' ').match(PATH) ?? []
  return found.map((path) => path.replace(/[.,]+$/, '')).filter((path) => path.length > 2 && !DULL_PATHS.test(path))
}

// ---- programs ----

const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'mksh', 'ash', 'csh', 'tcsh', 'fish', 'rbash', 'busybox'])
/** Programs that start the program named behind their options. */
const WRAPPERS = new Set([
  'sudo',
  'env',
  'nohup',
  'setsid',
  'exec',
  'command',
  'time',
  'nice',
  'ionice',
  'timeout',
  'xargs',
  'stdbuf',
  'busybox',
  'doas',
  'builtin'
])
const KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'do',
  'while',
  'until',
  '!',
  '{',
  '}',
  'fi',
  'done',
  'esac',
  'for',
  'case',
  'in',
  '(',
  ')'
])
const PROGRAM = /^[\w./+~[-][\w./+:~@[\]-]{0,200}$/
const MAX_NESTING = 5

function programsOf(text: string, depth = 0): string[] {
  return simpleCommands(text).flatMap((words) => programsOfCommand(words, depth))
}

function programsOfCommand(words: readonly string[], depth: number): string[] {
  let at = 0
  while (at < words.length && (KEYWORDS.has(words[at]!) || /^[A-Za-z_]\w*\+?=/.test(words[at]!))) at++
  const program = words[at]
  if (program === undefined || !PROGRAM.test(program) || program.startsWith('-') || /^\d+$/.test(program)) return []
  const name = baseName(program)
  const rest = words.slice(at + 1)
  if (SHELLS.has(name)) {
    const flag = rest.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word))
    // Arguments were joined with blanks, so the script may be one quoted word or all that follows.
    const script = flag < 0 ? '' : rest.slice(rest[flag + 1] === '--' ? flag + 2 : flag + 1).join(' ')
    if (script !== '' && depth < MAX_NESTING) return [name, ...programsOf(script, depth + 1)]
  }
  if (WRAPPERS.has(name)) {
    const inner = rest.findIndex((word) => !word.startsWith('-') && !/^[\d.]+[smhd]?$/.test(word) && !/^\w+=/.test(word))
    if (inner >= 0 && depth < MAX_NESTING) return [name, ...programsOfCommand(rest.slice(inner), depth + 1)]
  }
  return [name]
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path
}

/**
 * The simple commands of a shell text as words, quotes removed: split at `; & | newline ( )` and back-ticks outside of single
 * quotes; redirections and their targets are left out.
 */
export function simpleCommands(text: string): string[][] {
  const commands: string[][] = []
  let words: string[] = []
  let word: string | null = null
  let quote = ''
  let redirected = false
  const endWord = () => {
    if (word !== null && !redirected) words.push(word)
    if (word !== null) redirected = false
    word = null
  }
  const endCommand = () => {
    endWord()
    redirected = false
    if (words.length > 0) commands.push(words)
    words = []
  }
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (quote !== '') {
      if (character === quote) quote = ''
      else word = (word ?? '') + character
    } else if (character === "'" || character === '"') {
      // A quote that is never closed is a plain character: arguments joined with blanks have lost theirs.
      if (text.includes(character, i + 1)) {
        quote = character
        word ??= ''
      } else word = (word ?? '') + character
    } else if (character === '\\' && i + 1 < text.length) word = (word ?? '') + text[++i]!
    else if (character === '>' || character === '<') {
      // `2>` is no word; `>&1` and `>>` belong together.
      if (word !== null && !/^\d+$/.test(word)) endWord()
      word = null
      redirected = true
      if (text[i + 1] === '&' || text[i + 1] === character) i++
    } else if (character === '&' && text[i + 1] === '>') {
      endWord()
    } else if (';|&\n()`'.includes(character)) endCommand()
    else if (/\s/.test(character)) endWord()
    else if (character === '$' && text[i + 1] === '(') endWord()
    else word = (word ?? '') + character
  }
  endCommand()
  return commands
}
