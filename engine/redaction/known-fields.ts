/** What the fields of an event name: hosts, accounts, domains, secrets; and which random-looking values are none. */
import { isLocalHost, isNoRealm, isSystemAccount } from './not-identifying.ts'
import type { PseudonymKind, RedactionClass } from './redaction.ts'

interface FieldMeaning {
  pattern: RegExp
  class: RedactionClass
  kind: PseudonymKind
  /** Values that identify nobody. */
  except(value: string): boolean
}

const FIELDS: readonly FieldMeaning[] = [
  {
    pattern:
      /(?:^|\.)(?:host|agent|observer|beat|node|nodename|instance)\.(?:name|hostname)$|^(?:hostname|computer_name|nodename|winlog\.computer_name|related\.hosts|kubernetes\.pod\.name|syslog\.hostname|log\.syslog\.hostname)$/,
    class: 'host',
    kind: 'host',
    except: isLocalHost
  },
  {
    pattern:
      /(?:^|\.)(?:host|agent|elastic\.agent|observer)\.(?:id|ephemeral_id|serial_number)$|^cloud\.(?:instance|account|project)\.id$|^host\.uuid$/,
    class: 'host',
    kind: 'host-id',
    except: (value) => value.length < 3
  },
  {
    pattern:
      /(?:^|\.)(?:user|real_user|saved_user|effective|owner|target_user|attested_user)\.(?:name|full_name)$|(?:^|\.)user\.(?:effective|target|changes|audit)\.(?:name|full_name)$|^(?:related\.user|username|user_name|auditd\.(?:summary\.actor\.(?:primary|secondary)|data\.(?:acct|auid|uid)))$/,
    class: 'user',
    kind: 'user',
    except: isSystemAccount
  },
  {
    pattern: /(?:^|\.)user\.(?:[a-z]+\.)?id$/,
    class: 'user',
    kind: 'user',
    except: (value) => isSystemAccount(value) || /^S-\d/.test(value)
  },
  { pattern: /(?:^|\.)user\.(?:[a-z]+\.)?domain$/, class: 'domain', kind: 'realm', except: isNoRealm },
  {
    pattern:
      /^(?:source|destination|client|server|url|tls\.client|tls\.server)\.(?:domain|registered_domain|server_name)$|^dns\.(?:question|answers)\.(?:name|registered_domain)$|(?:^|\.)host\.domain$/,
    class: 'domain',
    kind: 'domain',
    except: (value) => isLocalHost(value) || /^[\d.:]+$/.test(value)
  },
  {
    pattern: /(?:^|[._])(?:password|passwd|passphrase|secret|token|api_?key|client_secret|private_key)$/i,
    class: 'secret',
    kind: 'secret',
    except: (value) => value.length < 4 || value === 'null'
  }
]

/** Ids and digests: random by nature, the same for everybody or worthless elsewhere, and needed to follow a process. */
const RANDOM_BY_NATURE =
  /(?:^|\.)(?:entity_id|hash|md5|sha1|sha256|sha512|imphash|ssdeep|tlsh|cdhash|fingerprint|ja3s?|community_id|build_id|trace\.id|transaction\.id|span\.id)(?:\.|$)|^(?:event\.id|_id|_version|event\.hash)$/

/** What a field's values name, or null. */
export function fieldMeaning(name: string): FieldMeaning | null {
  return FIELDS.find(({ pattern }) => pattern.test(name)) ?? null
}

/** Whether a field holds digests or ids, which look like secrets and are none. */
export function isRandomByNature(name: string): boolean {
  return RANDOM_BY_NATURE.test(name)
}
