import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 348 threads; not to be edited by hand.

export const partialWeights = readWeights(`
-1.40; -2.56 marked as resolved; 1.78 tale: since the last act makeshift; 1.75 tale: ends with makeshift;
-1.63 tale: any guess; 1.51 tale: any makeshift; -1.48 tale: last well; -1.46 tale: ends with ask;
1.28 tale: since the last act cause; -1.16 acts; -1.14 tale: last giveup; -1.12 tale: any dismiss;
1.12 tale: any well; -1.04 tale: no effect for good; 0.98 tale: well makeshift;
-0.90 tale: ends with dismiss; -0.87 ticked at the end; 0.84 tale: any act; -0.84 alert over;
-0.83 tale: since the last act well; -0.82 tale: since the last act dismiss;
0.80 tale: since the last act act; 0.78 tale: ends with guess; -0.76 tale: since the last act propose;
-0.76 tale: any chat; -0.69 tale: ends with cause; -0.66 tale: last dismiss;
-0.66 tale: since the last act look; 0.65 messages; 0.65 tale: any cause; -0.62 tale: last ask;
-0.62 tale: ends with act; -0.61 tale: last act; -0.51 tale: ends with chat; 0.50 alert fires;
-0.45 tale: since the last act ask; -0.44 tale: last makeshift; 0.42 tale: ends with noeffect;
-0.39 tale: any giveup; -0.38 tale: ends with well; -0.36 tale: ends with trouble;
-0.36 tale: ends with giveup; -0.35 tale: since the last act chat; -0.34 tale: since the last act giveup;
-0.34 tale: since the last act trouble; 0.34 no alert; 0.33 tale: since the last act noeffect;
-0.28 tale: ends with look; 0.25 tale: last chat; -0.24 tale: any ask; -0.22 tale: any trouble; 0.22 no act;
-0.21 tale: ends with propose; -0.19 tale: last noeffect; 0.19 tale: any noeffect; -0.17 tale: last cause;
-0.15 tale: last propose; -0.11 tale: any propose; -0.08 tale: well for good; 0.06 tale: any look;
-0.05 tale: last look; 0.03 tale: since the last act guess;
`);
