import type { ShownSource } from '@lxdm/entities';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { Ref } from '../../containers/dto/container';
import { MayBeAbsent } from '../../http/may-be-absent';
import { PageQuery } from '../../http/page-query';
import { BlankIsAbsent } from '../../http/query-text';

const SOURCES = ['apex', 'container', 'static', 'dynamic', 'update', 'reverse'] as const;

/** A record of a zone, served or not. */
export class ZoneRecordView {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null for what follows from settings or containers.',
  })
  id!: string | null;
  @ApiProperty() owner!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ type: 'integer' }) ttl!: number;
  @ApiProperty({ description: 'As in a zone file, names in full.' }) data!: string;
  @ApiProperty({ enum: SOURCES }) source!: ShownSource;
  @ApiProperty({ type: () => Ref, nullable: true, description: 'The container, entry or key that it comes from.' })
  origin!: Ref | null;
  @ApiProperty() served!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Why it is not served.' }) reason!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) expiresAt!: string | null;
}

/** One page of a zone's records. */
export class ZoneRecordPage {
  @ApiProperty({ type: () => [ZoneRecordView] }) items!: ZoneRecordView[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: 'integer' }) page!: number;
  @ApiProperty({ type: 'integer' }) pageSize!: number;
}

/** Which records. */
export class ListZoneRecords extends PageQuery {
  @ApiPropertyOptional({ maxLength: 255, description: 'In names, addresses and titles, without regard to case.' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsString()
  @MaxLength(255)
  filter?: string;

  @ApiPropertyOptional({ maxLength: 20, example: 'AAAA' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsString()
  @MaxLength(20)
  type?: string;

  @ApiPropertyOptional({ enum: SOURCES })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsIn(SOURCES)
  source?: ShownSource;
}

/** What is asked. */
export class TraceName {
  @ApiProperty({ maxLength: 1_024, example: 'www', description: 'In full, or relative to the zone.' })
  @IsString()
  @MaxLength(1_024)
  name!: string;

  @ApiPropertyOptional({ maxLength: 20, default: 'A' })
  @BlankIsAbsent()
  @MayBeAbsent()
  @IsString()
  @MaxLength(20)
  type?: string;
}

/** One step of a lookup. */
export class TraceStep {
  @ApiProperty() text!: string;
  @ApiProperty() detail!: string;
}

/** Why a name is answered as it is. */
export class NameTrace {
  @ApiProperty({ type: () => [TraceStep] }) steps!: TraceStep[];
  @ApiProperty({ example: 'NOERROR' }) rcode!: string;
  @ApiProperty({ type: () => [ZoneRecordView] }) answers!: ZoneRecordView[];
}
