/** Spanish texts of the "Prove it" view. */
import type { prove as english } from '../en/prove.ts'
import type { Translation } from '../translation.ts'

export const prove = {
  'prove.title': 'Prueba: nada sale',
  'prove.open': 'Demostrar que nada sale',
  'prove.lead':
    'No hace falta que nos crea. Rarebit prueba aquí, delante de usted, todas las vías por las que una página puede enviar algo y muestra qué detuvo cada una. No se prueba nada antes de pulsar el botón.',
  'prove.address': 'Dirección que se intentará alcanzar',
  'prove.address.hint':
    'Basta un puerto de este equipo. Para observarlo usted mismo, inicie antes un servidor a la escucha, por ejemplo python3 -m http.server 8765, y vea que no aparece ninguna línea.',
  'prove.address.wrong': 'Escriba una dirección que empiece por http:// o https://.',
  'prove.run': 'Probar todas las salidas',
  'prove.running': 'Prueba {n} de {all}',
  'prove.summary.all':
    'Nada salió. Se detuvieron {page} de {page} vías en la página y {worker} de {worker} en un worker, hacia {address}.',
  'prove.summary.open':
    'No se detuvo todo: {open} de {all} intentos encontraron una vía hacia {address}. No use esta copia para lo que deba quedarse aquí.',
  'prove.summary.unclear':
    'No demostrado: se detuvieron {stopped} de {all} intentos; los demás fallaron y este navegador no dice por qué. Inicie un servidor a la escucha en {address} y vuelva a probar: si no oye nada, nada salió.',
  'prove.worker.failed': 'No se pudo probar el worker: {reason}',
  'prove.table': 'Salidas y qué las detuvo',
  'prove.column.channel': 'Salida',
  'prove.column.page': 'En esta página',
  'prove.column.worker': 'En un worker',
  'prove.stopped': 'Detenida',
  'prove.unclear': 'No es seguro',
  'prove.notStopped': 'No detenida',
  'prove.policy': 'por la política: {rule}',
  'prove.absent': 'retirada: no existe aquí',
  'prove.types': 'por Trusted Types: se rechazó la dirección',
  'prove.refused': 'el navegador rechazó la llamada: {words}',
  'prove.failed': 'falló, y el navegador no dice qué lo detuvo: {words}',
  'prove.reached': 'la salida está abierta',
  'prove.silent': 'no se notificó nada',
  'prove.untried': 'aún sin probar',
  'prove.none': 'no existe en un worker',

  'prove.channel.image': 'Imagen',
  'prove.channel.background': 'Fondo de un estilo',
  'prove.channel.font': 'Fuente',
  'prove.channel.preload': 'Preload',
  'prove.channel.prefetch': 'Prefetch',
  'prove.channel.stylesheet': 'Hoja de estilo',
  'prove.channel.script': 'Script',
  'prove.channel.worker': 'Worker de módulo',
  'prove.channel.iframe': 'Marco',
  'prove.channel.form': 'Formulario',
  'prove.channel.video': 'Vídeo',

  'prove.limits': 'Lo que una política no puede detener',
  'prove.limits.lead':
    'Tres salidas quedan fuera de la política de cualquier página. Rarebit retira lo que las abre y las mantiene fuera de su código.',
  'prove.limits.ahead':
    'Una conexión abierta por adelantado (Preconnect). No lleva datos, pero nombra un host. Aquí no se pueden crear elementos que pidan una.',
  'prove.limits.window':
    'Una ventana nueva con una dirección. Lo que abre una se sustituye antes de que se inicie la página y no abre nada.',
  'prove.limits.navigation':
    'Ir a otro lugar: una dirección puede llevar datos. Si el navegador avisa a la página antes de salir de ella, la página se queda.',
  'prove.limits.gate':
    'En cada compilación se buscan estas y todas las demás salidas; cada lugar que puede nombrar una está en una lista con su motivo, y una compilación con una más falla.',
  'prove.how': 'Cómo se prueba',
  'prove.how.text':
    'La página se sella antes de que se ejecute su primer script, por lo que algunas salidas no existen en ella. El worker de esta prueba está bajo la misma política y no se le ha quitado nada: allí es solo la política la que detiene cada intento. El worker que lee sus archivos está sellado como la página.'
} as const satisfies Translation<typeof english>
