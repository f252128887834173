export declare const html: string;
export declare const tag: string;
