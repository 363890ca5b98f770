import {
  applyDecorators,
  SetMetadata,
  StandardSchemaSerializerInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { Action } from '@palmares/shared/access/policy';
import { OriginInterceptor } from './origin.js';

/** Where a route keeps the action that it is; a route without one refuses everybody. */
export const ACTION = 'palmares:action';

/**
 * Declares which action of the policy a route is: that says who may call it. What the route writes
 * knows the request, and its answer goes through its schema.
 */
export const Allow = (action: Action) =>
  applyDecorators(
    SetMetadata(ACTION, action),
    UseInterceptors(OriginInterceptor, StandardSchemaSerializerInterceptor),
  );

/**
 * The same for a route that is called all day long: what it writes keeps a record of its own, and
 * it answers with nothing but what its schema says.
 */
export const AllowPlain = (action: Action) => SetMetadata(ACTION, action);
