import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One fault of one field. */
export class FieldError {
  @ApiProperty() field!: string;
  @ApiProperty() message!: string;
}

const SEVERITIES = ['error', 'warning'] as const;

/** One problem of zone-file text, with its place. */
export class TextProblem {
  @ApiProperty({ type: 'integer', description: 'Counts from 1.' }) line!: number;
  @ApiProperty({ type: 'integer', description: 'Counts from 1, in UTF-16 units.' }) column!: number;
  @ApiProperty({ enum: SEVERITIES, description: 'An error keeps the text from being saved.' })
  severity!: (typeof SEVERITIES)[number];
  @ApiProperty({ example: 'missing-dot' }) code!: string;
  @ApiProperty() message!: string;
}

/** What every error looks like on the wire (RFC 9457). */
export class Problem {
  @ApiProperty({ example: 'urn:lxdm:problem:name-taken' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiPropertyOptional({ description: 'What happened, and what to do about it.' }) detail?: string;
  @ApiProperty({ description: 'The stable word for this kind of error.' }) code!: string;
  @ApiPropertyOptional({ description: 'Under which the logs know the request.' }) requestId?: string;
  @ApiPropertyOptional({ type: () => [FieldError] }) errors?: FieldError[];
  @ApiPropertyOptional({ type: () => [TextProblem], description: 'What is wrong with zone-file text.' })
  problems?: TextProblem[];
}

/** The media type of problems. */
export const PROBLEM_JSON = 'application/problem+json';
