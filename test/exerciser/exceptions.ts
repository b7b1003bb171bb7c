/**
 * Conditions of the corpus that are not shown to fail alone, by the rule's id, and why: numbers count a rule's top-level
 * conditions from 1 in the order of its text. The test fails for one that is missing here, and for one that is needed no more.
 */
export interface Exception {
  condition: number
  /** Whenever it fails, these fail as well; empty when it never fails. */
  with: readonly number[]
  why: string
}

const MISSING = 'a missing value fails these as well'
const COUNTED = 'as many different values need as many events'
const KINDS = 'events that fail it are of no kind that these count'
/** Not an impossibility: what the exerciser does not do. */
export const NOT_MADE = 'could fail alone; the exerciser finds no such events'

/** Rules that no events can make fire, and why. */
export const NEVER_FIRE: Readonly<Record<string, string>> = {
  '0d3d2254-2b4a-11f0-a019-f661ea17fbcc':
    'two of its conditions on single events ask for one value of data_stream.dataset each, and the values differ'
}

export const EXCEPTIONS: Readonly<Record<string, readonly Exception[]>> = {
  'c3da1952-bae4-4672-aa57-2be7e6805381': [{ condition: 3, with: [4], why: MISSING }],
  'd3851f38-ce10-4d13-a056-99fe711e6bcc': [
    { condition: 2, with: [3, 4], why: MISSING },
    { condition: 3, with: [4], why: MISSING }
  ],
  '504e398f-5ad6-42c7-acd2-b2f4ddcdb0cf': [{ condition: 3, with: [4], why: MISSING }],
  '2fc14da3-03d1-4d8e-b42b-942566bf69b4': [
    { condition: 2, with: [3, 4], why: MISSING },
    { condition: 3, with: [4], why: MISSING }
  ],
  '2b9a3b7a-0891-4a89-abbe-dca753c403cd': [
    { condition: 3, with: [5, 6, 7], why: MISSING },
    { condition: 6, with: [7], why: MISSING }
  ],
  '472b4944-d810-43cf-83dc-7d080ae1b8dd': [
    { condition: 3, with: [1], why: 'what the first condition lets through has a name other than this' }
  ],
  '45d099b4-a12e-4913-951c-0129f73efb41': [{ condition: 3, with: [4], why: NOT_MADE }],
  'a8b3e2f0-8c7d-11ef-b4c6-f661ea17fbcd': [
    { condition: 3, with: [5], why: 'without such an event there is no first time, and the difference is missing' },
    { condition: 4, with: [5], why: 'without such an event there is no first time, and the difference is missing' }
  ],
  'ebbc1959-3309-4abf-b6cb-2bee3dbc9a7b': [
    { condition: 2, with: [4, 5], why: 'without such an event there is no first time, and the difference is missing' },
    { condition: 3, with: [4, 5], why: 'without such an event there is no first time, and the difference is missing' },
    { condition: 5, with: [4], why: 'the group is one span of two minutes: no longer difference exists, only a missing one' }
  ],
  'f0cc239b-67fa-46fc-89d4-f861753a40f5': [
    { condition: 1, with: [3, 4, 6], why: MISSING },
    { condition: 2, with: [4, 6], why: KINDS },
    { condition: 5, with: [6], why: 'the kinds of event that the other conditions ask for differ in this field already' }
  ],
  'd4e5f6a7-b8c9-7d0e-1f2a-3b4c5d6e7f8a': [
    { condition: 1, with: [3], why: MISSING },
    { condition: 2, with: [3, 4], why: KINDS }
  ],
  '344e6c7d-ceb0-4f20-ba04-7c75569a7e38': [
    { condition: 1, with: [3], why: MISSING },
    { condition: 2, with: [3, 4], why: KINDS }
  ],
  '0e67f4f1-f683-43c0-8d45-c3293cf31e5d': [
    { condition: 1, with: [5], why: MISSING },
    { condition: 2, with: [8], why: MISSING }
  ],
  'e819b7eb-c2d4-4adc-b0c9-658aeb140450': [
    { condition: 1, with: [5], why: MISSING },
    { condition: 2, with: [3], why: MISSING }
  ],
  '171a4981-9c1a-4a03-9028-21cff4b27b38': [
    { condition: 1, with: [4, 6, 10], why: MISSING },
    { condition: 7, with: [8, 9, 12, 13], why: MISSING },
    { condition: 8, with: [13], why: NOT_MADE }
  ],
  'c562a800-cf97-464e-9d6f-84db91e86e10': [{ condition: 2, with: [1], why: MISSING }],
  '0d160033-fab7-4e72-85a3-3a9d80c8bff7': [{ condition: 1, with: [5], why: MISSING }],
  'f236cca1-e887-4d14-9ba9-bb8dd3e16cf1': [{ condition: 3, with: [9, 11], why: MISSING }],
  '1bb329a5-2168-4da5-b7b9-d42a51deb6dd': [{ condition: 2, with: [8], why: MISSING }],
  '3dc4e312-346b-4a10-b05f-450e1eeab91c': [
    { condition: 4, with: [7], why: MISSING },
    { condition: 5, with: [8], why: MISSING }
  ],
  '29531d20-0e80-41d4-9ec6-d6b58e4a475c': [{ condition: 2, with: [7, 8], why: MISSING }],
  '6e92a21a-58e7-449a-9cfd-9f563f59ac88': [{ condition: 2, with: [7, 9], why: MISSING }],
  '1a3d5b36-b995-4ace-9b85-8a0af429ccf6': [{ condition: 1, with: [4, 5], why: MISSING }],
  '2c40dfe2-c13e-48a8-8eff-fb9bfb2a7854': [
    { condition: 3, with: [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19], why: MISSING }
  ],
  'd591d7af-399b-4888-b705-ae612690c48d': [{ condition: 4, with: [5], why: MISSING }],
  '98cfaa44-83f0-4aba-90c4-363fb9d51a75': [
    { condition: 4, with: [6], why: MISSING },
    { condition: 8, with: [9, 10], why: KINDS }
  ],
  'a7577205-88a1-4a08-85d4-7b72a9a2e969': [{ condition: 7, with: [10], why: MISSING }],
  '19be0164-63d2-11ef-8e38-f661ea17fbce': [{ condition: 7, with: [6], why: COUNTED }],
  '49002bbe-7aea-4146-91eb-b2b683bf5ed5': [
    { condition: 4, with: [7, 9], why: MISSING },
    { condition: 6, with: [8, 9], why: MISSING },
    { condition: 7, with: [9], why: MISSING },
    { condition: 8, with: [9], why: MISSING }
  ],
  '56312ef5-656c-4bf7-ad9a-affed052b102': [{ condition: 5, with: [6], why: MISSING }],
  '3ca27e45-b0cd-417a-914c-d086869acd1b': [{ condition: 2, with: [3, 4], why: KINDS }],
  '16acac42-b2f9-4802-9290-d6c30914db6e': [
    { condition: 6, with: [8], why: 'the part that ends so is taken from behind the same words' },
    { condition: 8, with: [6], why: NOT_MADE }
  ],
  'd1b37c0b-4f8b-4cfb-9a1d-639bf8c028b7': [
    { condition: 3, with: [5, 7], why: MISSING },
    { condition: 5, with: [7, 8], why: 'without such an event none can be counted' },
    { condition: 6, with: [9, 11], why: 'without such an event there is neither a value nor a time' },
    { condition: 7, with: [8], why: 'two events of the other kind at one in a hundred are at least 198 of this kind' }
  ],
  '5301ac83-7a43-4c92-95e7-c372afea807d': [{ condition: 5, with: [6], why: MISSING }],
  'b8c7d6e5-f4a3-4b2c-9d8e-7f6a5b4c3d2e': [
    { condition: 3, with: [7], why: NOT_MADE },
    { condition: 4, with: [6, 7], why: MISSING },
    { condition: 6, with: [7], why: 'without such an event there is no last time' }
  ],
  '0d92d30a-5f3e-4b71-bc3d-4a0c4914b7e0': [
    { condition: 4, with: [11], why: MISSING },
    { condition: 8, with: [11], why: NOT_MADE },
    { condition: 9, with: [11], why: NOT_MADE }
  ],
  'dfb7dc0b-2caf-4186-9b59-5752bc59bc19': [
    { condition: 2, with: [5, 6, 7, 8], why: KINDS },
    { condition: 3, with: [5, 6, 7, 8], why: MISSING },
    { condition: 5, with: [7, 8], why: 'without such an event there is no first time' },
    { condition: 6, with: [7, 8], why: 'without such an event there is no first time' }
  ],
  'b1773d05-f349-45fb-9850-287b8f92f02d': [
    { condition: 4, with: [3], why: 'the least values the other conditions allow give more than this' }
  ],
  '3db029b3-fbb7-4697-ad07-33cbfd5bd080': [{ condition: 4, with: [6], why: COUNTED }],
  'cca64114-fb8b-11ef-86e2-f661ea17fbce': [{ condition: 7, with: [8], why: MISSING }],
  '35ab3cfa-6c67-11ef-ab4d-f661ea17fbcc': [
    { condition: 6, with: [7], why: 'the value is not in the list either' },
    { condition: 8, with: [9], why: MISSING }
  ],
  'e3bd85e9-7aff-46eb-b60e-20dfc9020d98': [
    { condition: 3, with: [6], why: MISSING },
    { condition: 4, with: [7], why: MISSING }
  ],
  '3aec394d-ed2a-4f3e-8ed3-4a2adea39f05': [{ condition: 3, with: [4], why: MISSING }],
  'bc9f5144-0ead-476e-ba6e-cef295601195': [
    { condition: 5, with: [9, 10], why: MISSING },
    { condition: 6, with: [7], why: MISSING },
    { condition: 7, with: [9, 10], why: 'one region has no distance to itself' }
  ],
  '375132c6-25d5-11f0-8745-f661ea17fbcd': [{ condition: 12, with: [9], why: COUNTED }],
  '960b1cef-f94d-4150-863d-b1dc311739de': [{ condition: 4, with: [5], why: MISSING }],
  '498e4094-60e7-11f0-8847-f661ea17fbcd': [
    { condition: 3, with: [5], why: MISSING },
    { condition: 4, with: [5], why: MISSING }
  ],
  '4780a3d6-e6a7-490c-9afb-9c5fbb220b9a': [{ condition: 4, with: [6], why: MISSING }],
  '94556bc7-e057-4759-9e49-fa79ee366101': [{ condition: 5, with: [6], why: MISSING }],
  '65985cd5-e654-40fe-8bc7-de26cb95309f': [
    { condition: 3, with: [7, 8], why: MISSING },
    { condition: 4, with: [5, 6], why: MISSING }
  ],
  '0302d3b2-1892-4448-a805-980aa4a36ba3': [
    { condition: 3, with: [18, 19, 20], why: KINDS },
    { condition: 4, with: [6], why: MISSING },
    { condition: 5, with: [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17], why: MISSING },
    { condition: 20, with: [18], why: 'so many kinds of resource include one of these' }
  ],
  'e155e658-3dcd-4d27-a4e5-1d8da6704b0e': [
    { condition: 4, with: [9, 10], why: KINDS },
    { condition: 5, with: [7, 8], why: MISSING }
  ],
  '4159bec9-76ad-4cdc-a797-4a8572073bbe': [{ condition: 5, with: [6], why: MISSING }],
  '3ec2175d-8f34-4be9-b3be-c5821538760e': [
    { condition: 4, with: [7], why: MISSING },
    { condition: 5, with: [6], why: MISSING },
    { condition: 9, with: [11, 12], why: 'without such an event there is no time to compare' },
    { condition: 10, with: [11, 12], why: 'without such an event there is no time to compare' }
  ],
  'aff74d85-5bfa-4ff1-ace2-4e3995a37cfa': [
    { condition: 5, with: [10, 11], why: MISSING },
    { condition: 7, with: [8], why: MISSING },
    { condition: 8, with: [10, 11], why: 'one region has no distance to itself' }
  ],
  'bea0589d-c7a4-4dc6-a931-9fecaa8689fb': [{ condition: 5, with: [6], why: MISSING }],
  'b4c8e2a1-9f3d-4e7c-a2b1-0d5e6f7a8b9c': [
    { condition: 4, with: [6], why: MISSING },
    { condition: 5, with: [7], why: MISSING }
  ],
  'a8e7d6c5-b4a3-2918-0f9e-8d7c6b5a4032': [{ condition: 3, with: [4], why: MISSING }],
  'b2c3d4e5-f6a7-4890-b1c2-d3e4f5a60789': [{ condition: 3, with: [4, 5], why: MISSING }],
  'c2a91e88-4f4b-4e1d-9c7b-8fde112a9403': [
    { condition: 4, with: [6], why: MISSING },
    { condition: 5, with: [7], why: MISSING }
  ],
  'c9d4e8f1-2a3b-4c5d-8e9f-0a1b2c3d4e5f': [{ condition: 3, with: [4, 5], why: MISSING }],
  'f1a2b3c4-d5e6-4789-a012-3456789abc01': [
    { condition: 3, with: [4, 5, 6], why: MISSING },
    { condition: 4, with: [3, 5, 6], why: MISSING }
  ],
  'c8f4a2e1-9b3d-4c7e-8f2a-1d0e5b6c7a89': [{ condition: 6, with: [7], why: MISSING }],
  '0e524fa6-eed3-11ef-82b4-f661ea17fbce': [{ condition: 6, with: [7], why: MISSING }],
  'de67f85e-2d43-11f0-b8c9-f661ea17fbcc': [{ condition: 11, with: [10], why: COUNTED }],
  '36188365-f88f-4f70-8c1d-0b9554186b9c': [
    { condition: 3, with: [8], why: MISSING },
    { condition: 4, with: [9, 10], why: MISSING },
    { condition: 5, with: [7], why: MISSING }
  ],
  '1c3d9346-4591-4894-935c-dad2824850f2': [{ condition: 5, with: [6], why: MISSING }],
  'cc382a2e-7e52-11ee-9aac-f661ea17fbcd': [
    { condition: 6, with: [5, 10], why: MISSING },
    { condition: 7, with: [11, 13], why: MISSING },
    { condition: 9, with: [12], why: MISSING }
  ],
  '9ed5d08f-aad6-4c03-838c-d686da887c2c': [
    { condition: 1, with: [4, 5, 6], why: KINDS },
    { condition: 4, with: [6], why: 'without such an event there is no time to compare' },
    { condition: 5, with: [6], why: 'without such an event there is no time to compare' },
    { condition: 7, with: [8], why: NOT_MADE }
  ],
  '94e734c0-2cda-11ef-84e1-f661ea17fbce': [
    { condition: 7, with: [8], why: NOT_MADE },
    { condition: 8, with: [7], why: 'a smaller share means that somebody exceeds the greatest number' }
  ],
  '42bf698b-4738-445b-8231-c834ddefd8a0': [
    { condition: 8, with: [9], why: 'with one attempt each nobody is in the band' },
    { condition: 9, with: [7], why: NOT_MADE }
  ],
  '50742e15-c5ef-49c8-9a2d-31221d45af58': [
    { condition: 2, with: [1], why: MISSING },
    { condition: 3, with: [5, 6], why: 'without such an event there is no time to compare' },
    { condition: 4, with: [5, 6], why: 'without such an event there is no time to compare' }
  ],
  '44b8d933-8fed-485d-a0af-bd97d0093439': [{ condition: 3, with: [4], why: MISSING }],
  'efe7ac71-3b13-41cf-8263-30af68ce3f19': [{ condition: 8, with: [9], why: 'without such an event there is no time to compare' }],
  '0171f283-ade7-4f87-9521-ac346c68cc9b': [
    { condition: 2, with: [6], why: MISSING },
    { condition: 3, with: [5], why: MISSING }
  ],
  'e7bf9314-f346-45b5-a6ed-044dc3b839c8': [{ condition: 2, with: [5], why: MISSING }],
  '286614ee-8b72-4ea5-a22d-e0d2ae59d0a9': [
    { condition: 7, with: [9], why: MISSING },
    { condition: 8, with: [9], why: COUNTED }
  ],
  '8e78b1a5-9674-4a96-8ce7-76ef54566a85': [{ condition: 1, with: [6, 7], why: KINDS }],
  '8a556117-3f05-430e-b2eb-7df0100b4e3b': [
    { condition: 7, with: [10], why: MISSING },
    { condition: 9, with: [10], why: COUNTED }
  ],
  'e5f6a7b8-c9d0-8e1f-2a3b-4c5d6e7f8a9b': [{ condition: 4, with: [6], why: MISSING }],
  'c3f8a1d2-4b5e-4c6f-9a8b-1e2d3f4a5b6c': [
    { condition: 4, with: [5], why: MISSING },
    { condition: 6, with: [], why: 'the value before it has a default and is never missing' }
  ],
  'a8b2c4d6-e8f0-12a4-b6c8-d0e2f4a6b8c0': [{ condition: 4, with: [5], why: MISSING }],
  '2985ea6e-5b1e-4845-9a57-95f7f78b35f1': [
    { condition: 3, with: [6, 7, 8], why: MISSING },
    { condition: 4, with: [2, 7], why: MISSING },
    { condition: 5, with: [8], why: MISSING },
    { condition: 6, with: [7, 8], why: MISSING },
    { condition: 7, with: [8], why: NOT_MADE }
  ],
  'f9790abf-bd0c-45f9-8b5f-d0b74015e029': [{ condition: 5, with: [7], why: MISSING }],
  '48b6edfc-079d-4907-b43c-baffa243270d': [{ condition: 5, with: [7], why: MISSING }],
  'ff4599cb-409f-4910-a239-52e4e6f532ff': [{ condition: 5, with: [6, 7, 8, 9], why: MISSING }],
  '6756ee27-9152-479b-9b73-54b5bbda301c': [{ condition: 5, with: [6, 7, 8], why: MISSING }],
  '0ef5d3eb-67ef-43ab-93b7-305cfa5a21f6': [
    { condition: 3, with: [5], why: 'the other condition allows one of the two values' },
    { condition: 5, with: [6], why: 'the other value is what the other condition forbids' },
    { condition: 6, with: [7], why: NOT_MADE }
  ],
  '64f17c52-6c6e-479e-ba72-236f3df18f3d': [{ condition: 2, with: [3], why: 'the pattern that is counted contains it' }],
  '85e2d45e-a3df-4acf-83d3-21805f564ff4': [{ condition: 2, with: [3], why: 'the pattern that is counted contains it' }],
  '083383af-b9a4-42b7-a463-29c40efe7797': [{ condition: 2, with: [3], why: 'the pattern that is counted contains it' }],
  'f9abcddc-a05d-4345-a81d-000b79aa5525': [
    { condition: 5, with: [3], why: NOT_MADE },
    { condition: 6, with: [2, 3], why: NOT_MADE }
  ],
  'f38633f4-3b31-4c80-b13d-e77c70ce8254': [{ condition: 3, with: [2], why: NOT_MADE }],
  '882a39ad-a404-45e3-b5d4-bc11d2b09818': [
    { condition: 6, with: [5, 8, 9], why: MISSING },
    { condition: 7, with: [8], why: COUNTED }
  ],
  'b2c3d4e5-f6a7-5b6c-9d0e-1f2a3b4c5d6e': [
    { condition: 7, with: [10], why: 'one group has one number: it cannot be small and large at once' },
    { condition: 9, with: [], why: 'a group has at least one event' }
  ],
  'a1b2c3d4-e5f6-4a5b-8c9d-0e1f2a3b4c5d': [
    { condition: 6, with: [7, 8, 13], why: MISSING },
    { condition: 11, with: [], why: 'a group has at least one event' },
    { condition: 13, with: [12], why: NOT_MADE }
  ],
  '393ef120-63d1-11ef-8e38-f661ea17fbce': [{ condition: 5, with: [4], why: COUNTED }]
}
