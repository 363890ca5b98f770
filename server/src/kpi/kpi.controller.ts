import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  figureSchema,
  kpiSchema,
  resultQuerySchema,
  resultSchema,
  trendQuerySchema,
  trendSchema,
  type ResultQuery,
  type TrendQuery,
} from '@palmares/shared/kpi/answer';
import {
  kpiPreviewSchema,
  ownKpiChangeSchema,
  ownKpiSchema,
  type KpiPreview,
  type OwnKpi,
} from '@palmares/shared/kpi/own';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { AnswerService } from './answer.service.js';
import { KpiService } from './kpi.service.js';

const codeSchema = z.string().max(60);
const listSchema = z
  .object({ items: z.array(kpiSchema), nextCursor: z.null() })
  .meta({ id: 'KpiList' });
const cardSchema = kpiSchema.extend({ figures: figureSchema }).meta({ id: 'KpiWithFigures' });

@ApiTags('kpis')
@Controller('api/kpis')
export class KpiController {
  constructor(
    private readonly kpis: KpiService,
    private readonly answers: AnswerService,
  ) {}

  @Get()
  @Allow('kpi.read')
  @ApiOperation({ summary: 'Every KPI with its card: the built-in ones and one’s own' })
  @ApiResponse({ status: 200, standardSchema: listSchema })
  @SerializeOptions({ schema: listSchema })
  async list(@From() caller: Caller) {
    return { items: await this.kpis.list(caller.organisationId), nextCursor: null };
  }

  @Post()
  @HttpCode(201)
  @Allow('kpi.define')
  @ApiOperation({ summary: 'Add a KPI: measures, and a formula over them' })
  @ApiResponse({ status: 201, standardSchema: kpiSchema })
  @SerializeOptions({ schema: kpiSchema })
  create(@From() caller: Caller, @Body({ schema: ownKpiSchema }) own: OwnKpi) {
    return this.kpis.create(caller.organisationId, own);
  }

  @Post('preview')
  @HttpCode(200)
  @Allow('kpi.define')
  @ApiOperation({ summary: 'What a KPI that is not saved gives on real past data' })
  @ApiResponse({ status: 200, standardSchema: resultSchema })
  @SerializeOptions({ schema: resultSchema })
  async preview(
    @From() caller: Caller,
    @Body({ schema: kpiPreviewSchema }) own: KpiPreview,
    @Query({ schema: resultQuerySchema }) query: ResultQuery,
  ) {
    const kpi = await this.kpis.tryOut(caller.organisationId, own);
    return this.answers.preview(caller, kpi, query);
  }

  @Get(':code')
  @Allow('kpi.read')
  @ApiOperation({ summary: 'A KPI’s card with its figures of the running month' })
  @ApiResponse({ status: 200, standardSchema: cardSchema })
  @SerializeOptions({ schema: cardSchema })
  async one(@From() caller: Caller, @Param('code', { schema: codeSchema }) code: string) {
    const figures = await this.answers.today(caller, code);
    return { ...(await this.kpis.one(caller.organisationId, code)), figures };
  }

  @Patch(':code')
  @Allow('kpi.define')
  @ApiOperation({ summary: 'Change a KPI of one’s own: a new version' })
  @ApiResponse({ status: 200, standardSchema: kpiSchema })
  @SerializeOptions({ schema: kpiSchema })
  change(
    @From() caller: Caller,
    @Param('code', { schema: codeSchema }) code: string,
    @Body({ schema: ownKpiChangeSchema }) changes: object,
  ) {
    return this.kpis.change(caller.organisationId, code, changes);
  }

  @Delete(':code')
  @HttpCode(204)
  @Allow('kpi.define')
  @ApiOperation({ summary: 'Delete a KPI of one’s own' })
  async remove(@From() caller: Caller, @Param('code', { schema: codeSchema }) code: string) {
    await this.kpis.remove(caller.organisationId, code);
  }

  @Get(':code/results')
  @Allow('figure.read')
  @ApiOperation({ summary: 'Results of a period by any breakdown, best first' })
  @ApiResponse({ status: 200, standardSchema: resultSchema })
  @SerializeOptions({ schema: resultSchema })
  results(
    @From() caller: Caller,
    @Param('code', { schema: codeSchema }) code: string,
    @Query({ schema: resultQuerySchema }) query: ResultQuery,
  ) {
    return this.answers.results(caller, code, query);
  }

  @Get(':code/trend')
  @Allow('figure.read')
  @ApiOperation({ summary: 'The total of a period and of those before it' })
  @ApiResponse({ status: 200, standardSchema: trendSchema })
  @SerializeOptions({ schema: trendSchema })
  trend(
    @From() caller: Caller,
    @Param('code', { schema: codeSchema }) code: string,
    @Query({ schema: trendQuerySchema }) query: TrendQuery,
  ) {
    return this.answers.trend(caller, code, query);
  }
}
