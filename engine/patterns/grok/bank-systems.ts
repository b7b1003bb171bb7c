/** Patterns of system logs: syslog in its forms, cron, PAM, name servers, packet filters. */
import { bank } from './bank.ts'

export const SYSTEMS = bank(String.raw`
  SYSLOG5424PRINTASCII [!-~]+
  SYSLOGBASE2 (?:%{SYSLOGTIMESTAMP:timestamp}|%{TIMESTAMP_ISO8601:timestamp})(?: %{SYSLOGFACILITY})?(?: %{SYSLOGHOST:host.hostname})?(?: %{SYSLOGPROG}:)?
  SYSLOGPAMSESSION %{SYSLOGBASE} (?=%{GREEDYDATA:message})%{WORD:system.auth.pam.module}\(%{DATA:system.auth.pam.origin}\): session %{WORD:system.auth.pam.session_state} for user %{USERNAME:user.name}(?: by %{GREEDYDATA})?
  CRON_ACTION [A-Z ]+
  CRONLOG %{SYSLOGBASE} \(%{USER:user.name}\) %{CRON_ACTION:system.cron.action} \(%{DATA:message}\)
  SYSLOGLINE %{SYSLOGBASE2} %{GREEDYDATA:message}
  SYSLOG5424PRI <%{NONNEGINT:log.syslog.priority:int}>
  SYSLOG5424SD \[%{DATA}\]+
  SYSLOG5424BASE %{SYSLOG5424PRI}%{NONNEGINT:system.syslog.version} +(?:-|%{TIMESTAMP_ISO8601:timestamp}) +(?:-|%{IPORHOST:host.hostname}) +(?:-|%{SYSLOG5424PRINTASCII:process.name}) +(?:-|%{POSINT:process.pid:int}) +(?:-|%{SYSLOG5424PRINTASCII:event.code}) +(?:-|%{SYSLOG5424SD:system.syslog.structured_data})?
  SYSLOG5424LINE %{SYSLOG5424BASE} +%{GREEDYDATA:message}

  BIND9_TIMESTAMP %{MONTHDAY}[-]%{MONTH}[-]%{YEAR} %{TIME}
  BIND9_DNSTYPE (?:A|AAAA|CAA|CDNSKEY|CDS|CERT|CNAME|CSYNC|DLV|DNAME|DNSKEY|DS|HINFO|LOC|MX|NAPTR|NS|NSEC|NSEC3|OPENPGPKEY|PTR|RRSIG|RP|SIG|SMIMEA|SOA|SRV|TSIG|TXT|URI)
  BIND9_CATEGORY (?:queries)
  BIND9_QUERYLOGBASE client(?:\s@0x(?:[0-9A-Fa-f]+))? %{IP:client.ip}#%{POSINT:client.port:int} \(%{GREEDYDATA:bind.log.question.name}\): query: %{GREEDYDATA:dns.question.name} (?<dns.question.class>IN) %{BIND9_DNSTYPE:dns.question.type}(?: %{DATA:bind.log.question.flags})? \(%{IP:server.ip}\)
  BIND9_QUERYLOG (?:%{BIND9_TIMESTAMP:timestamp} )?(?:%{BIND9_CATEGORY:bind.log.category}: )?(?:%{LOGLEVEL:log.level}: )?%{BIND9_QUERYLOGBASE}
  BIND9 %{BIND9_QUERYLOG}

  NETSCREENSESSIONLOG %{SYSLOGTIMESTAMP:timestamp} %{IPORHOST:observer.hostname} %{NOTSPACE:observer.name}: (?<observer.product>NetScreen) device_id=%{WORD:netscreen.device_id} .*?(?<event.code>[0-9]+)(?:\(%{DATA:event.action}\))?: start_time=%{QUOTEDSTRING:netscreen.session.start_time} duration=%{INT:netscreen.session.duration:int} policy_id=%{INT:netscreen.policy_id} service=%{DATA:netscreen.service} proto=%{INT:netscreen.protocol_number:int} src zone=%{WORD:observer.ingress.zone} dst zone=%{WORD:observer.egress.zone} action=%{WORD:event.action} sent=%{INT:source.bytes:int} rcvd=%{INT:destination.bytes:int} src=%{IPORHOST:source.address} dst=%{IPORHOST:destination.address}%{GREEDYDATA}
  CISCOTIMESTAMP %{MONTH} +%{MONTHDAY}(?: %{YEAR})? %{TIME}
  CISCOTAG [A-Z0-9]+-%{INT}-(?:[A-Z0-9_]+)
  CISCO_TAGGED_SYSLOG ^<%{POSINT:log.syslog.priority:int}>%{CISCOTIMESTAMP:timestamp}(?: %{SYSLOGHOST:host.hostname})? ?: %%{CISCOTAG:cisco.asa.tag}:
  CISCO_ACTION (?:Built|Teardown|Deny|Denied|denied|requested|permitted|denied by ACL|discarded|est-allowed|Dropping|created|deleted)
  CISCO_REASON (?:Duplicate TCP SYN|Failed to locate egress interface|Invalid transport field|No matching connection|DNS Response|DNS Query|(?:%{WORD}\s*)*)
  CISCO_DIRECTION (?:Inbound|inbound|Outbound|outbound)
  CISCO_INTERVAL (?:first hit|%{INT}-second interval)
  CISCO_XLATE_TYPE (?:static|dynamic)
  CISCOFW106001 %{CISCO_DIRECTION:cisco.asa.network.direction} %{WORD:cisco.asa.network.transport} connection %{CISCO_ACTION:cisco.asa.outcome} from %{IP:source.ip}/%{INT:source.port:int} to %{IP:destination.ip}/%{INT:destination.port:int} flags %{DATA:cisco.asa.tcp_flags} on interface %{NOTSPACE:observer.egress.interface.name}
  CISCOFW106023 %{CISCO_ACTION:cisco.asa.outcome}(?: protocol)? %{WORD:cisco.asa.network.transport} src %{DATA:observer.ingress.interface.name}:%{IPORHOST:source.address}(?:/%{INT:source.port:int})?(?:\(%{DATA:source.user.name}\))? dst %{DATA:observer.egress.interface.name}:%{IPORHOST:destination.address}(?:/%{INT:destination.port:int})?(?:\(%{DATA:destination.user.name}\))?(?: \(type %{INT:cisco.asa.icmp_type:int}, code %{INT:cisco.asa.icmp_code:int}\))? by access-group "?%{DATA:cisco.asa.rule_name}"? \[%{DATA:cisco.asa.hashcode1}, %{DATA:cisco.asa.hashcode2}\]
  CISCOFW302013_302014_302015_302016 %{CISCO_ACTION:cisco.asa.outcome}(?: %{CISCO_DIRECTION:cisco.asa.network.direction})? %{WORD:cisco.asa.network.transport} connection %{INT:cisco.asa.connection_id} for %{NOTSPACE:observer.ingress.interface.name}:%{IP:source.ip}/%{INT:source.port:int}(?: \(%{IP:source.nat.ip}/%{INT:source.nat.port:int}\))?(?:\(%{DATA:source.user.name}\))? to %{NOTSPACE:observer.egress.interface.name}:%{IP:destination.ip}/%{INT:destination.port:int}(?: \(%{IP:destination.nat.ip}/%{INT:destination.nat.port:int}\))?(?:\(%{DATA:destination.user.name}\))?(?: duration %{TIME:cisco.asa.duration} bytes %{INT:network.bytes:int})?(?: %{CISCO_REASON:event.reason})?(?: \(%{DATA:user.name}\))?
  IPTABLES_TCP_FLAGS (?:(?:CWR |ECE |URG |ACK |PSH |RST |SYN |FIN )*)
  IPTABLES_TCP_PART (?:SEQ=%{INT:iptables.tcp.seq:int}\s+)?(?:ACK=%{INT:iptables.tcp.ack:int}\s+)?WINDOW=%{INT:iptables.tcp.window:int}\s+RES=0x%{BASE16NUM:iptables.tcp_reserved_bits}\s+%{IPTABLES_TCP_FLAGS:iptables.tcp.flags}
  IPTABLES4_PART SRC=%{IPV4:source.ip}\s+DST=%{IPV4:destination.ip}\s+LEN=%{INT:iptables.length:int}\s+TOS=0x%{BASE16NUM:iptables.tos}\s+PREC=0x%{BASE16NUM:iptables.precedence_bits}\s+TTL=%{INT:iptables.ttl:int}\s+ID=%{INT:iptables.id}(?:\s+%{NOTSPACE:iptables.fragment_flags})?
  IPTABLES6_PART SRC=%{IPV6:source.ip}\s+DST=%{IPV6:destination.ip}\s+LEN=%{INT:iptables.length:int}\s+TC=%{INT:iptables.tos}\s+HOPLIMIT=%{INT:iptables.ttl:int}\s+FLOWLBL=%{INT:iptables.flow_label}
  IPTABLES IN=%{NOTSPACE:observer.ingress.interface.name}?\s+OUT=%{NOTSPACE:observer.egress.interface.name}?\s+(?:MAC=%{COMMONMAC:destination.mac}:%{COMMONMAC:source.mac}(?::[A-Fa-f0-9]{2}:[A-Fa-f0-9]{2})?\s+)?(?:%{IPTABLES4_PART}|%{IPTABLES6_PART}).*?PROTO=%{WORD:network.transport}\s+SPT=%{INT:source.port:int}\s+DPT=%{INT:destination.port:int}\s+(?:%{IPTABLES_TCP_PART})?
  SHOREWALL %{SYSLOGTIMESTAMP:timestamp} %{SYSLOGHOST:observer.hostname} .*Shorewall:%{WORD:shorewall.firewall.type}?:%{WORD:shorewall.firewall.action}?.*%{IPTABLES}
  SFW2_LOG_PREFIX SFW2-INext-%{NOTSPACE:suse.firewall.action}
  SFW2 (?:(?:%{SYSLOGTIMESTAMP:timestamp})|(?:%{TIMESTAMP_ISO8601:timestamp}))\s*%{HOSTNAME:observer.hostname}.*?%{SFW2_LOG_PREFIX:suse.firewall.log_prefix}\s*%{IPTABLES}
`)
