import { Controller, Get, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { roles } from '@palmares/shared/people/member';
import { z } from 'zod';
import { Allow } from '../auth/access.js';
import { ProblemError } from '../http/problem-error.js';
import { Demo } from './demo.service.js';

const schema = z
  .object({
    ready: z.boolean().meta({ description: 'false while its past is being told' }),
    told: z.number().meta({ description: 'the part of it that is there, up to 1' }),
    boardToken: z.string().nullable(),
    signIns: z.array(
      z.object({
        role: z.enum(roles),
        name: z.string(),
        email: z.string(),
        password: z.string(),
      }),
    ),
  })
  .meta({ id: 'DemoEntrance' });

@ApiTags('demo')
@Controller('api/demo')
export class DemoController {
  constructor(private readonly demo: Demo) {}

  @Get()
  @Allow('demo.read')
  @ApiOperation({ summary: 'The way into the demo, where there is one' })
  @ApiResponse({ status: 200, standardSchema: schema })
  @SerializeOptions({ schema })
  async enter() {
    const entrance = await this.demo.entrance();
    if (!entrance) throw new ProblemError('not-found');
    return entrance;
  }
}
