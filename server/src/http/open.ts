import {
  applyDecorators,
  SetMetadata,
  StandardSchemaSerializerInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { OriginInterceptor } from './origin.js';

/** Where a route keeps what it declares of its callers; without it nobody is let in. */
export const ACCESS = 'palmares:access';

/** Declares callers; whatever the route sets off knows the request, and answers by its schema. */
export const letIn = (access: object) =>
  applyDecorators(
    SetMetadata(ACCESS, access),
    UseInterceptors(OriginInterceptor, StandardSchemaSerializerInterceptor),
  );

/** Declares that anybody may call a route. */
export const Open = () => letIn({ public: true });
