import { SetMetadata } from '@nestjs/common';

/** Where a route keeps what it declares of its callers; without it nobody is let in. */
export const ACCESS = 'palmares:access';

/** Declares that anybody may call a route. */
export const Open = () => SetMetadata(ACCESS, { public: true });
