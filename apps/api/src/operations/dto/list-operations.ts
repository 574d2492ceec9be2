import { OPERATION_STATUSES, OperationStatus } from '@lxdm/domain';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../http/page-query';
import { BlankIsAbsent } from '../../http/query-text';

/** Which operations. */
export class ListOperations extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @BlankIsAbsent()
  @IsOptional()
  @IsUUID()
  targetId?: string;

  @ApiPropertyOptional({ enum: OPERATION_STATUSES })
  @BlankIsAbsent()
  @IsOptional()
  @IsIn(OPERATION_STATUSES)
  status?: OperationStatus;
}
