import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { Ref } from '../../containers/dto/container';
import { MayBeAbsent } from '../../http/may-be-absent';

/** A server that follows our zones. */
export class Secondary {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() address!: string;
  @ApiProperty({ type: 'integer' }) port!: number;
  @ApiProperty({ type: () => Ref, nullable: true, description: 'Null leaves it to the address.' }) tsigKey!: Ref | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'The serial that it acknowledged last.' })
  notifiedSerial!: number | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) notifiedAt!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'The serial that it was given last.' })
  transferredSerial!: number | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) transferredAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What went wrong last, in plain words.' })
  error!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}

/** A secondary that is wanted. */
export class AddSecondary {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @MaxLength(100)
  @Matches(/^(?! )[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+(?<! )$/u, {
    message: 'A name is not empty, has no spaces at its ends and no control characters.',
  })
  name!: string;

  @ApiProperty({ maxLength: 50, example: '192.0.2.54' })
  @IsString()
  @MaxLength(50)
  address!: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 65_535, default: 53 })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(65_535)
  port?: number;

  @ApiPropertyOptional({ format: 'uuid', description: 'Signs what goes there, and must sign what comes from there.' })
  @MayBeAbsent()
  @IsUUID()
  tsigKeyId?: string;
}
