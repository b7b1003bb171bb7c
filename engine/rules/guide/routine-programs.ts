/**
 * Signs that a command is routine or that it is not: names for a reader to weigh, never a decision.
 */
import type { CommandParts } from '../command-parts.ts'

/** Helpers that web applications start in the course of their work. */
const ROUTINE_PROGRAMS: ReadonlySet<string> = new Set([
  // images, video, documents
  'convert',
  'magick',
  'mogrify',
  'identify',
  'composite',
  'exiftool',
  'jpegoptim',
  'jpegtran',
  'optipng',
  'pngquant',
  'cwebp',
  'gifsicle',
  'ffmpeg',
  'ffprobe',
  'pdftotext',
  'pdfinfo',
  'pdftoppm',
  'gs',
  'wkhtmltopdf',
  'wkhtmltoimage',
  'soffice',
  'libreoffice',
  'unoconv',
  'antiword',
  'catdoc',
  'tesseract',
  'pdflatex',
  'dot',
  // mail, version control, monitoring
  'sendmail',
  'msmtp',
  'git',
  'svn',
  'rrdtool',
  'df',
  'du',
  'uptime',
  'free',
  'nproc',
  // application consoles
  'wp',
  'drush',
  'occ',
  'composer',
  'artisan',
  'rake',
  'bundle',
  'npm',
  'certbot'
])

/** Programs and words that speak of a network. */
const NETWORK_WORDS =
  /\b(?:curl|wget|nc|ncat|netcat|socat|telnet|ssh|scp|sftp|rsync|ftp|tftp|nslookup|dig|ping|openssl\s+s_client)\b|\/dev\/(?:tcp|udp)\/|https?:\/\//i
const PIPE_TO_SHELL =
  /\|\s*(?:\{?\s*)?(?:sudo\s+)?(?:\/\S*\/)?(?:ba|da|z|k|a|c|tc)?sh\b|\|\s*(?:python|perl|php|ruby|node)\d*(?:\.\d+)?\b/
const SCRATCH_PATH = /^\/(?:tmp|var\/tmp|dev\/shm|run\/shm)\//
const DISCOVERY = new Set([
  'id',
  'whoami',
  'uname',
  'hostname',
  'w',
  'who',
  'last',
  'ifconfig',
  'ip',
  'netstat',
  'ss',
  'ps',
  'env',
  'printenv',
  'getent',
  'groups',
  'lsb_release'
])
const SENSITIVE_PATH =
  /^(?:\/etc\/(?:passwd|shadow|sudoers|ssh)|\/root\/|\/proc\/self\/environ)|\.ssh\/|authorized_keys|wp-config\.php|\.env$|id_(?:rsa|ed25519)/
const SHELL_NAMES = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'csh', 'tcsh', 'fish'])
const PLUGIN_DIRECTORY = /\/(?:plugins?|modules?|extensions?|addons?|apps|vendor|node_modules)\//
const SCHEDULER_PARENT = /^(?:cron|crond|anacron|atd|systemd|supervisord|php(?:\d(?:\.\d)?)?|monit|runit)$/
const SCHEDULED_WORDS = /\b(?:wp-cron\.php|cron\.php|schedule:run|queue:work|cron event run|--cron)\b/

export interface Signs {
  routine: string[]
  against: string[]
}

/** Signs in the command, its directory and its parent. */
export function signsOf(command: string, parts: CommandParts, directory: string | null, parentName: string | null): Signs {
  const texts = [command, ...parts.decoded.layers.map((layer) => layer.text)]
  const started = parts.programs.filter((program) => !SHELL_NAMES.has(program))
  const routinePrograms = started.filter((program) => ROUTINE_PROGRAMS.has(program))
  const against = [
    some(
      parts.decoded.layers.some((layer) => layer.method !== 'URL encoding'),
      'part of it is encoded or disguised'
    ),
    some(
      texts.some((text) => NETWORK_WORDS.test(text)),
      'it speaks to the network'
    ),
    some(
      texts.some((text) => PIPE_TO_SHELL.test(text)),
      'it pipes something into a shell or an interpreter'
    ),
    some(
      parts.paths.some((path) => SCRATCH_PATH.test(path)),
      'it uses a directory that anyone may write'
    ),
    some(
      parts.paths.some((path) => SENSITIVE_PATH.test(path)),
      'it touches accounts, keys or configuration'
    ),
    some(
      started.some((program) => DISCOVERY.has(program)),
      'it asks who and where it is'
    )
  ]
  const routine = [
    some(
      started.length > 0 && routinePrograms.length === started.length,
      `it starts only helpers that applications use (${routinePrograms.slice(0, 3).join(', ')})`
    ),
    some(parentName !== null && SCHEDULER_PARENT.test(parentName), `its parent ${parentName} starts scheduled work`),
    some(SCHEDULED_WORDS.test(command), 'it names a scheduled job of an application'),
    some(directory !== null && PLUGIN_DIRECTORY.test(`${directory}/`), 'it runs below a plugin or module directory')
  ]
  return { routine: routine.flat(), against: against.flat() }
}

function some(condition: boolean, text: string): string[] {
  return condition ? [text] : []
}
