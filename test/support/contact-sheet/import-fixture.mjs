// Made-up imports in the real shapes, for pictures only.

const NAMES = ['opportunity_id', 'sales_agent', 'product', 'account', 'deal_stage', 'engage_date', 'close_date', 'close_value'];
const ROW = ['1C1I7A6R', 'Moses Frase', 'GTXPro', 'Cancity', 'Won', '2016-10-20', '2017-03-01', '1054'];

const columns = NAMES.map((name, index) => ({ name, samples: [ROW[index], `${ROW[index]} 2`] }));
const mapping = {
  kind: 'activities',
  columns: {
    item: 'opportunity_id',
    'member.externalId': 'sales_agent',
    product: 'product',
    customer: 'account',
    openedAt: 'engage_date',
    occurredAt: 'close_date',
    amount: 'close_value',
  },
  constants: { source: 'crm', externalId: '{opportunity_id}#closed', type: 'deal.won' },
  values: { product: { GTXPro: 'GTX Pro' } },
  skip: [{ column: 'deal_stage', isNot: ['Won'] }],
  dates: 'day-first',
  decimals: 'point',
};

const nothing = { bytesRead: 0, bytesTotal: 812_345, rows: 0, rowsTotal: 8800, skipped: 0, recorded: 0, revised: 0, unchanged: 0, stale: 0, waiting: 0, refused: 0 };

const refused = [
  ['/occurredAt', 'invalid', 'a date such as 2026-03-31', '31/02/2017'],
  ['/amount', 'invalid-amount', 'a decimal', '1 2oo'],
  ['/member', 'member-missing', 'who did it', ''],
].map(([pointer, code, detail, cell], index) => ({
  line: 12 + index * 311,
  pointer,
  code,
  detail,
  row: [...ROW.slice(0, 6), cell, ROW[7]],
}));

const item = (index) => ({
  source: 'crm',
  externalId: `1C1I7A${index}R#closed`,
  type: 'deal.won',
  item: `1C1I7A${index}R`,
  member: { externalId: 'Moses Frase' },
  product: 'GTX Pro',
  customer: 'Cancity',
  openedAt: '2016-10-20',
  occurredAt: '2017-03-01',
  amount: '1054',
});

const preview = {
  rows: 5000,
  whole: false,
  wouldRecord: 2387,
  wouldWait: 12,
  repeated: 0,
  skipped: 2610,
  wouldRefuse: 3,
  refused,
  items: [1, 2, 3, 4].map(item),
};

const done = { ...nothing, bytesRead: 812_345, rows: 8800, skipped: 4562, recorded: 4211, revised: 24, waiting: 12, refused: 3 };

export const importId = '90000000-0000-4000-8000-000000000001';

export const importOf = (status, more = {}) => ({
  id: importId,
  kind: 'activities',
  fileName: 'sales_pipeline_export_complet_2017.csv',
  format: 'csv',
  encoding: 'utf-8',
  sheets: [],
  sheet: null,
  status,
  createdAt: '2026-10-22T11:58:00Z',
  createdBy: null,
  finishedAt: null,
  columns,
  mapping,
  preview: status === 'draft' ? preview : null,
  progress: status === 'running' ? { ...done, bytesRead: 371_000, rows: 4018, recorded: 1920, refused: 1 } : status === 'draft' || status === 'queued' ? nothing : done,
  undo: status === 'undone' ? { voided: 4187, restored: 24, kept: 3, waiting: 12 } : null,
  error: status === 'failed' ? { code: 'file-unreadable', detail: 'the file ends in the middle of a row' } : null,
  ...more,
});

export const several = importOf('draft', {
  mapping: {
    ...mapping,
    several: [
      { columns: { occurredAt: 'engage_date' }, constants: { type: 'deal.opened' }, skip: [] },
      { columns: {}, constants: { type: 'deal.won' }, skip: [{ column: 'deal_stage', isNot: ['Won'] }] },
    ],
  },
});

export const imports = ['running', 'draft', 'done', 'failed', 'undone'].map((status, index) => ({
  ...importOf(status),
  id: importId.replace(/1$/, String(index + 1)),
  fileName: ['affaires-octobre.xlsx', 'collage.csv', 'sales_pipeline.csv', 'vieux.xlsx', 'essai.csv'][index],
  createdAt: `2026-10-${22 - index}T09:00:00Z`,
}));

export const undo = { voided: 4187, restored: 24, kept: 3, waiting: 12 };
export const mappings = [
  { id: 'a', name: 'CRM, affaires gagnées', kind: 'activities', mapping },
  { id: 'b', name: 'Paie', kind: 'members', mapping: { ...mapping, kind: 'members' } },
];
