/** People in text: home folders, security identifiers, and who logs in where with ssh and its like. */
import { hostSpan } from './domains.ts'
import { isLocalHost, isSharedHome, isSystemAccount } from './not-identifying.ts'
import { PRIORITY, type Span } from './redaction.ts'

const HOME =
  /(?:\/(?:home|Users|export\/home|var\/home|Utilisateurs|Benutzer)\/|[A-Za-z]:(?:\\|\\\\|\/)(?:Users|Documents and Settings)(?:\\|\\\\|\/))([^\s/\\:;|&<>"'`()*?$%,=]{1,64})/g
const TILDE = /(?<=^|[\s=:"'])~([A-Za-z_][\w.-]{1,31})(?=[/\s:"']|$)/g
/** Domain accounts: the numbers behind S-1-5-21 name the domain, the last one the account. */
const SID = /\bS-1-5-21-\d+-\d+-\d+-\d+\b/g
const LOGIN = /\b(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id|sshfs|autossh|plink|pscp)\b[^|;&\n]{0,2000}/g
const USER_AT = /(?<![\w.@-])(?:([A-Za-z_][\w.-]{0,63})@)([A-Za-z0-9][\w.-]{0,252})/g

/** Accounts told by where they stand. */
export function findAccounts(text: string): Span[] {
  return [...findHomes(text), ...findSids(text), ...findLogins(text)]
}

function findHomes(text: string): Span[] {
  return [HOME, TILDE].flatMap((pattern) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const name = match[1]!
      if (isSharedHome(name)) return []
      const end = match.index + match[0].length
      return [
        { start: end - name.length, end, class: 'home' as const, kind: 'user' as const, original: name, priority: PRIORITY.name }
      ]
    })
  )
}

function findSids(text: string): Span[] {
  if (!text.includes('S-1-5-21-')) return []
  return Array.from(text.matchAll(SID), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    class: 'user' as const,
    kind: 'sid' as const,
    original: match[0],
    priority: PRIORITY.address
  }))
}

function findLogins(text: string): Span[] {
  if (!text.includes('@')) return []
  return Array.from(text.matchAll(LOGIN)).flatMap((login) =>
    Array.from(login[0].matchAll(USER_AT)).flatMap((match) => {
      const [user, host] = [match[1]!, match[2]!.replace(/[.-]+$/, '')]
      const start = login.index + match.index
      return [
        ...(isSystemAccount(user) ? [] : [userSpan(start, user)]),
        ...(host.includes('.') || isLocalHost(host) ? [] : [hostSpan(start + user.length + 1, host)])
      ]
    })
  )
}

/** An account name. */
export function userSpan(start: number, original: string): Span {
  return { start, end: start + original.length, class: 'user', kind: 'user', original, priority: PRIORITY.name }
}
