/** Base patterns: numbers, words, names, addresses, paths, dates. Written so that a place is not looked at twice. */
import { bank } from './bank.ts'

const OCTET = '(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})'
const V4 = `(?:${OCTET}\\.){3}${OCTET}`

/** All forms of an address: `n` groups, then a double colon with what may still stand behind it, the last 32 bits dotted or not. */
function ipv6(): string {
  const group = '[0-9A-Fa-f]{1,4}'
  const forms = [`(?:${group}:){7}(?:${group}|:)`]
  for (let before = 6; before >= 0; before--) {
    const most = 7 - before
    const lead = before === 0 ? ':' : `(?:${group}:){${before}}`
    const dotted = before === 6 ? V4 : before === 5 ? `:${V4}` : `(?::${group}){0,${5 - before}}:${V4}`
    forms.push(before === 6 ? `${lead}(?::${group}|${dotted}|:)` : `${lead}(?:${dotted}|(?::${group}){1,${most}}|:)`)
  }
  return `(?:${forms.join('|')})(?:%.+)?`
}

const MAIL = "[a-zA-Z0-9!#$%&'*+\\-/=?^_`{|}~]"

export const BASE = bank(String.raw`
  USERNAME [a-zA-Z0-9._-]+
  USER %{USERNAME}
  EMAILLOCALPART ${MAIL}{1,64}(?:\.${MAIL}{1,62}){0,63}
  EMAILADDRESS %{EMAILLOCALPART}@%{HOSTNAME}
  INT [+-]?[0-9]+
  BASE10NUM (?<![0-9.+-])(?>[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))
  NUMBER %{BASE10NUM}
  BASE16NUM (?<![0-9A-Fa-f])[+-]?(?:0x)?[0-9A-Fa-f]+
  BASE16FLOAT \b(?<![0-9A-Fa-f.])[+-]?(?:0x)?(?:[0-9A-Fa-f]+(?:\.[0-9A-Fa-f]*)?|\.[0-9A-Fa-f]+)\b
  POSINT \b[1-9][0-9]*\b
  NONNEGINT \b[0-9]+\b
  WORD \b\w+\b
  NOTSPACE \S+
  SPACE \s*
  DATA .*?
  GREEDYDATA .*
  QUOTEDSTRING (?<!\\)(?:"(?:[^\\"]++|\\.)*+"|'(?:[^\\']++|\\.)*+'|${'`'}(?:[^\\${'`'}]++|\\.)*+${'`'})
  QS %{QUOTEDSTRING}
  UUID [A-Fa-f0-9]{8}-(?:[A-Fa-f0-9]{4}-){3}[A-Fa-f0-9]{12}
  URN urn:[0-9A-Za-z][0-9A-Za-z-]{0,31}:(?:[0-9A-Za-z()+,.:=@;$_!*'/?#-]|%[0-9A-Fa-f]{2})+

  MAC (?:%{CISCOMAC}|%{WINDOWSMAC}|%{COMMONMAC})
  CISCOMAC (?:[A-Fa-f0-9]{4}\.){2}[A-Fa-f0-9]{4}
  WINDOWSMAC (?:[A-Fa-f0-9]{2}-){5}[A-Fa-f0-9]{2}
  COMMONMAC (?:[A-Fa-f0-9]{2}:){5}[A-Fa-f0-9]{2}
  IPV6 ${ipv6()}
  IPV4 (?<![0-9])${V4}(?![0-9])
  IP (?:%{IPV6}|%{IPV4})
  HOSTNAME \b[0-9A-Za-z][0-9A-Za-z-]{0,62}(?:\.[0-9A-Za-z][0-9A-Za-z-]{0,62})*(?:\.?|\b)
  HOST %{HOSTNAME}
  IPORHOST (?:%{IP}|%{HOSTNAME})
  HOSTPORT %{IPORHOST}:%{POSINT}

  PATH (?:%{UNIXPATH}|%{WINPATH})
  UNIXPATH (?:/[[:alnum:]_%!$@:.,+~-]*)+
  TTY /dev/(?:pts|tty[pq]?)\w*/?[0-9]+
  WINPATH (?:[A-Za-z]+:|\\)(?:\\[^\\?*]*)+
  URIPROTO [A-Za-z][A-Za-z0-9+.-]+
  URIHOST %{IPORHOST}(?::%{POSINT})?
  URIPATH (?:/[A-Za-z0-9$.+!*'(){},~:;=@#%&_-]*)+
  URIQUERY [A-Za-z0-9$.+!*'|(){},~@#%&/=:;_?\[\]<>-]*
  URIPARAM \?%{URIQUERY}
  URIPATHPARAM %{URIPATH}(?:\?%{URIQUERY})?
  URI %{URIPROTO}://(?:%{USER}(?::[^@]*)?@)?(?:%{URIHOST})?(?:%{URIPATH}(?:\?%{URIQUERY})?)?

  MONTH \b(?:[Jj]an(?:uary?)?|[Ff]eb(?:ruary?)?|[Mm][aä]?r(?:ch|z)?|[Aa]pr(?:il)?|[Mm]a[yi]?|[Jj]un[ei]?|[Jj]ul[yi]?|[Aa]ug(?:ust)?|[Ss]ep(?:tember)?|[Oo][ck]?t(?:ober)?|[Nn]ov(?:ember)?|[Dd]e[cz](?:ember)?)\b
  MONTHNUM (?:0?[1-9]|1[0-2])
  MONTHNUM2 (?:0[1-9]|1[0-2])
  MONTHDAY (?:0[1-9]|[12][0-9]|3[01]|[1-9])
  DAY (?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)
  YEAR (?>[0-9]{2}){1,2}
  HOUR (?:2[0-3]|[01]?[0-9])
  MINUTE [0-5][0-9]
  SECOND (?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?
  TIME %{HOUR}:%{MINUTE}:%{SECOND}(?![0-9])
  DATE_US %{MONTHNUM}[/-]%{MONTHDAY}[/-]%{YEAR}
  DATE_EU %{MONTHDAY}[./-]%{MONTHNUM}[./-]%{YEAR}
  ISO8601_TIMEZONE (?:Z|[+-]%{HOUR}(?::?%{MINUTE}))
  ISO8601_SECOND %{SECOND}
  TIMESTAMP_ISO8601 %{YEAR}-%{MONTHNUM}-%{MONTHDAY}[T ]%{HOUR}:?%{MINUTE}(?::?%{SECOND})?%{ISO8601_TIMEZONE}?
  DATE (?:%{DATE_US}|%{DATE_EU})
  DATESTAMP %{DATE}[- ]%{TIME}
  TZ (?:[APMCE][SD]T|UTC)
  DATESTAMP_RFC822 %{DAY} %{MONTH} %{MONTHDAY} %{YEAR} %{TIME} %{TZ}
  DATESTAMP_RFC2822 %{DAY}, %{MONTHDAY} %{MONTH} %{YEAR} %{TIME} %{ISO8601_TIMEZONE}
  DATESTAMP_OTHER %{DAY} %{MONTH} %{MONTHDAY} %{TIME} %{TZ} %{YEAR}
  DATESTAMP_EVENTLOG %{YEAR}%{MONTHNUM2}%{MONTHDAY}%{HOUR}%{MINUTE}%{SECOND}
  HTTPDATE %{MONTHDAY}/%{MONTH}/%{YEAR}:%{TIME} %{INT}

  SYSLOGTIMESTAMP %{MONTH} +%{MONTHDAY} %{TIME}
  PROG [\x21-\x5a\x5c\x5e-\x7e]+
  SYSLOGPROG %{PROG:process.name}(?:\[%{POSINT:process.pid:int}\])?
  SYSLOGHOST %{IPORHOST}
  SYSLOGFACILITY <%{NONNEGINT:log.syslog.facility.code:int}\.%{NONNEGINT:log.syslog.priority:int}>
  SYSLOGBASE %{SYSLOGTIMESTAMP:timestamp} (?:%{SYSLOGFACILITY} )?%{SYSLOGHOST:host.hostname} %{SYSLOGPROG}:
  LOGLEVEL (?:[Aa]lert|ALERT|[Tt]race|TRACE|[Dd]ebug|DEBUG|[Nn]otice|NOTICE|[Ii]nfo?(?:rmation)?|INFO?(?:RMATION)?|[Ww]arn?(?:ing)?|WARN?(?:ING)?|[Ee]rr?(?:or)?|ERR?(?:OR)?|[Cc]rit?(?:ical)?|CRIT?(?:ICAL)?|[Ff]atal|FATAL|[Ss]evere|SEVERE|[Ee]merg(?:ency)?|EMERG(?:ENCY)?)
`)
