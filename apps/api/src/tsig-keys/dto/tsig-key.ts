import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';

const ALGORITHMS = ['hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const;
type Algorithm = (typeof ALGORITHMS)[number];

/** A secret shared with a client of the name server, and what it opens. */
export class TsigKey {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'Absolute: what both sides call it.' }) name!: string;
  @ApiProperty({ enum: ALGORITHMS }) algorithm!: Algorithm;
  @ApiProperty({ type: [String], description: '`*.` in front means all names below, without the name itself.' })
  updateNames!: string[];
  @ApiProperty({ type: [String], description: 'Empty for every type that can be stored.' }) updateTypes!: string[];
  @ApiProperty({ description: 'Whether zones may be transferred with it.' }) mayTransfer!: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) lastUsedAt!: string | null;
}

/** What a key may do. */
export class ChangeTsigKey {
  @ApiPropertyOptional({
    type: [String],
    maxItems: 100,
    example: ['_acme-challenge.www.ct.example.org.', '*.dyn.ct.example.org.'],
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(1_024, { each: true })
  updateNames?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: 50, example: ['TXT'] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  updateTypes?: string[];

  @ApiPropertyOptional({ default: false })
  @MayBeAbsent()
  @IsBoolean()
  mayTransfer?: boolean;
}

/** A key that is wanted. */
export class CreateTsigKey extends ChangeTsigKey {
  @ApiProperty({ maxLength: 1_024, example: 'certbot.ct.example.org.' })
  @IsString()
  @MaxLength(1_024)
  name!: string;

  @ApiPropertyOptional({ enum: ALGORITHMS, default: 'hmac-sha256' })
  @MayBeAbsent()
  @IsIn(ALGORITHMS)
  algorithm?: Algorithm;

  @ApiPropertyOptional({
    maxLength: 1_024,
    format: 'password',
    description: 'In base64, at least 16 octets; made here without it.',
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(1_024)
  secret?: string;
}

/** A new key, with its secret for the only time. */
export class CreatedTsigKey {
  @ApiProperty({ type: () => TsigKey }) key!: TsigKey;
  @ApiProperty({ format: 'password', description: 'In base64; it is not shown again.' }) secret!: string;
}
