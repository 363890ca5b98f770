import { mappingKinds } from '@palmares/shared/import/field';

/** Where such forms are sent to. */
export const formRoutes = ['/api/imports', '/api/members/import'];

/** What a form with a file may say, for OpenAPI. */
export const importForm = {
  type: 'object' as const,
  required: ['file'],
  properties: {
    kind: {
      type: 'string' as const,
      enum: [...mappingKinds],
      description: 'guessed when not given',
    },
    sheet: {
      type: 'string' as const,
      description: 'of a workbook, before the file; the first visible one when not given',
    },
    file: { type: 'string' as const, format: 'binary' },
    mappingId: {
      type: 'string' as const,
      format: 'uuid',
      description: 'of a saved mapping',
    },
    mapping: {
      type: 'string' as const,
      description: 'an ImportMapping as JSON; guessed when neither is given',
    },
  },
};
