import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../session/actor';
import { ReadinessService } from './readiness.service';

/** The process is alive. */
export class Liveness {
  @ApiProperty({ enum: ['ok'] }) status!: 'ok';
}

/** One part that the product needs. */
export class HealthCheck {
  @ApiProperty({ enum: ['postgres', 'redis', 'migrations', 'worker', 'scheduler', 'dns'] }) name!: string;
  @ApiProperty() ok!: boolean;
  @ApiProperty() detail!: string;
}

/** Whether everything that the product needs is there. */
export class Readiness {
  @ApiProperty({ enum: ['ready', 'not-ready'] }) status!: 'ready' | 'not-ready';
  @ApiProperty({ type: () => [HealthCheck] }) checks!: HealthCheck[];
}

/** For whoever watches over the processes. */
@ApiTags('health')
@Public()
@Controller('api/health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get('live')
  @ApiOperation({ operationId: 'getLiveness', summary: 'Whether this process is alive' })
  @ApiOkResponse({ type: Liveness, description: 'Alive.' })
  live(): Liveness {
    return { status: 'ok' };
  }

  @Get('ready')
  @HttpCode(200)
  @ApiOperation({ operationId: 'getReadiness', summary: 'Whether the product can be used' })
  @ApiOkResponse({ type: Readiness, description: 'Ready.' })
  @ApiServiceUnavailableResponse({ type: Readiness, description: 'Something is missing; the checks say what.' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const checks = await this.readiness.checks();
    const ready = checks.every(({ ok }) => ok);
    response.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not-ready', checks };
  }
}
