import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';

const STATES = ['standby', 'active', 'retired'] as const;

/** What a signing key does. */
export type ZoneKeyState = (typeof STATES)[number];

/** A key that signs a zone. */
export class ZoneKey {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'integer' }) keyTag!: number;
  @ApiProperty({ example: 'ECDSAP256SHA256' }) algorithm!: string;
  @ApiProperty({ enum: STATES, description: 'Standby: published. Active: signs. Retired: published until it may go.' })
  state!: ZoneKeyState;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) activeAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) retiredAt!: string | null;
  @ApiProperty({ description: 'The DNSKEY record as a line of a zone file.' }) dnskey!: string;
  @ApiProperty({ description: 'The DS record for the parent zone, as a line of a zone file.' }) ds!: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it may be activated or removed; null when there is nothing to wait for, or nothing to do.',
  })
  earliestNext!: string | null;
  @ApiProperty({ description: 'What to do next.' }) hint!: string;
}

/** Whether a zone is signed. */
export class SetDnssec {
  @ApiProperty() @IsBoolean() enabled!: boolean;
  @ApiProperty({ required: false, description: 'The parent zone has no DS record any more, and none is in a cache.' })
  @MayBeAbsent()
  @IsBoolean()
  dsRemoved?: boolean;
}

/** A key is to sign. */
export class SetZoneKeyState {
  @ApiProperty({ enum: ['active'] }) @IsIn(['active']) state!: 'active';
  @ApiProperty({ required: false, description: 'Without waiting: resolvers may fail for a while.' })
  @MayBeAbsent()
  @IsBoolean()
  force?: boolean;
}

/** How a key is removed. */
export class RemoveZoneKeyQuery {
  @ApiProperty({
    required: false,
    enum: ['true', 'false'],
    description: 'Without waiting: resolvers may fail for a while.',
  })
  @MayBeAbsent()
  @IsIn(['true', 'false'])
  force?: 'true' | 'false';
}
