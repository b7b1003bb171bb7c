/**
 * The published rule of what stays: accounts, hosts and domains that operating systems and packages create everywhere alike
 * tell nothing about whose machine it is, and commands lose their meaning without them.
 */

const SYSTEM_ACCOUNTS = new Set(
  (
    'root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody nogroup systemd-network ' +
    'systemd-resolve systemd-timesync systemd-coredump systemd-oom messagebus syslog _apt tss uuidd tcpdump landscape pollinate ' +
    'usbmux sshd dnsmasq avahi colord geoclue rtkit saned pulse gdm lightdm cups-pk-helper whoopsie kernoops speech-dispatcher ' +
    'hplip fwupd-refresh polkitd chrony ntp apache apache2 httpd nginx http www wwwrun lighttpd caddy tomcat jetty php-fpm nscd ' +
    'mysql mariadb postgres redis mongodb mongod elasticsearch logstash kibana rabbitmq memcache memcached couchdb cassandra ' +
    'zookeeper kafka hadoop hdfs yarn hive spark etcd consul vault prometheus grafana zabbix nagios icinga munin telegraf ' +
    'postfix dovecot exim opendkim amavis clamav spamassassin bind named unbound squid haproxy varnish ftp vsftpd proftpd ' +
    'docker containerd podman kube kubelet jenkins gitlab-runner git gitea svn node operator halt shutdown adm dbus rpc rpcuser ' +
    'admin administrator administrador administrateur guest default defaultaccount wdagutilityaccount ' +
    'system local\\ service network\\ service anonymous\\ logon iusr nt\\ authority builtin window\\ manager font\\ driver\\ host nt\\ service ' +
    'oracle grid weblogic wildfly jboss glassfish solr activemq artemis nexus sonarqube sonar splunk confluence jira bitbucket zimbra ' +
    'odoo mattermost influxdb neo4j clickhouse minio cloudflared netdata puppet chef salt ansible ' +
    'ubuntu debian centos fedora ec2-user vagrant pi cloud-user opc rocky almalinux azureuser ' +
    '_www _spotlight _mdnsresponder _windowserver _coreaudiod _locationd'
  )
    .split(/(?<!\\) /)
    .map((name) => name.replaceAll('\\ ', ' '))
)

/** `DWM-1`, `UMFD-0`, `systemd-anything`, accounts with the version of their package, numbers such as 1000. */
const SYSTEM_ACCOUNT_FORMS = /^(?:(?:dwm|umfd)-\d+|systemd-[a-z-]+|(?:tomcat|postgresql|mysql|php-fpm|jetty)-?[\d.]+|\d+|-)$/i

/** Home folders that belong to nobody. */
const SHARED_HOMES = new Set(['public', 'default', 'all users', 'default user', 'shared', 'lost+found', '.', '..', '*'])

const LOCAL_HOSTS = new Set([
  'localhost',
  'localhost.localdomain',
  'localhost4',
  'localhost6',
  'ip6-localhost',
  'ip6-loopback',
  'broadcasthost',
  'kubernetes',
  'unknown',
  '-'
])

/** First labels of host names that say a duty, not a machine. */
const DUTY_LABELS = new Set(
  'www mail smtp imap pop ns ns1 ns2 ftp api web db app dev test vpn proxy gateway gw server host client node'.split(' ')
)

const NO_REALMS = new Set(['nt authority', 'builtin', 'workgroup', 'window manager', 'font driver host', 'nt service', '.', '-'])

/** Accounts that every system of a kind has. */
export function isSystemAccount(name: string): boolean {
  return SYSTEM_ACCOUNTS.has(name.toLowerCase()) || SYSTEM_ACCOUNT_FORMS.test(name)
}

export function isSharedHome(name: string): boolean {
  return SHARED_HOMES.has(name.toLowerCase()) || isSystemAccount(name)
}

export function isLocalHost(name: string): boolean {
  return LOCAL_HOSTS.has(name.toLowerCase())
}

export function isDutyLabel(label: string): boolean {
  return DUTY_LABELS.has(label.toLowerCase())
}

/** Domains in `user.domain` that every Windows has. */
export function isNoRealm(name: string): boolean {
  return NO_REALMS.has(name.toLowerCase())
}
