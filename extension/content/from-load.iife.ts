/** Registered before the relay where "listen from page load" is on for an origin; the relay reads the mark. */
;(globalThis as { rarebitFromLoad?: boolean }).rarebitFromLoad = true
