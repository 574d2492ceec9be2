import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';

/** A challenge as lego's httpreq sends it: `fqdn` and `value`, or in its RAW mode `domain`, `token` and `keyAuth`. */
export class Challenge {
  @ApiPropertyOptional({ maxLength: 1_000, example: '_acme-challenge.web1.ct.example.org.' })
  @MayBeAbsent()
  @IsString()
  @IsNotEmpty()
  @MaxLength(1_000)
  fqdn?: string;

  @ApiPropertyOptional({ maxLength: 1_000 })
  @MayBeAbsent()
  @IsString()
  @IsNotEmpty()
  @MaxLength(1_000)
  value?: string;

  @ApiPropertyOptional({ maxLength: 1_000, example: 'web1.ct.example.org' })
  @MayBeAbsent()
  @IsString()
  @IsNotEmpty()
  @MaxLength(1_000)
  domain?: string;

  @ApiPropertyOptional({ maxLength: 1_000 })
  @MayBeAbsent()
  @IsString()
  @MaxLength(1_000)
  token?: string;

  @ApiPropertyOptional({ maxLength: 1_000, description: 'The key authorization; the value is made of it.' })
  @MayBeAbsent()
  @IsString()
  @IsNotEmpty()
  @MaxLength(1_000)
  keyAuth?: string;
}
