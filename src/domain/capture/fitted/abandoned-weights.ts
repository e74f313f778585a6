import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 348 threads; not to be edited by hand.

export const abandonedWeights = readWeights(`
3.67; -1.83 tale: any act; -1.61 marked as resolved; -1.55 tale: since the last act act;
-1.50 tale: any noeffect; 1.28 tale: ends with dismiss; -1.26 tale: no effect for good;
1.22 tale: any dismiss; -1.15 messages; -1.10 ticked at the end; -1.09 tale: since the last act noeffect;
0.95 tale: since the last act dismiss; 0.90 tale: since the last act look; -0.89 tale: ends with act;
-0.84 tale: any makeshift; -0.83 tale: since the last act makeshift; -0.81 tale: since the last act cause;
-0.81 tale: well for good; -0.80 tale: any cause; -0.78 tale: any well; -0.77 tale: since the last act well;
-0.75 tale: ends with makeshift; 0.65 tale: last dismiss; -0.64 tale: last chat; -0.64 tale: ends with well;
-0.61 acts; -0.61 tale: last well; 0.61 tale: since the last act propose; -0.57 tale: ends with noeffect;
0.56 tale: ends with cause; -0.51 tale: since the last act ask; 0.48 tale: any propose;
0.47 tale: any guess; 0.45 tale: ends with ask; 0.44 tale: last ask; -0.37 tale: since the last act giveup;
-0.36 tale: any chat; -0.35 tale: any giveup; -0.34 tale: ends with giveup; -0.29 tale: any trouble;
0.26 tale: any ask; 0.25 tale: last act; 0.24 tale: last propose; -0.22 tale: well makeshift;
-0.21 tale: since the last act chat; 0.20 tale: ends with propose; 0.20 no act;
0.19 tale: since the last act guess; -0.18 tale: last makeshift; -0.17 no alert; 0.16 tale: ends with look;
-0.13 tale: last giveup; 0.12 alert fires; -0.11 tale: since the last act trouble;
0.11 tale: ends with guess; 0.11 tale: last guess; -0.08 tale: last cause; -0.05 tale: last look;
0.04 alert over; 0.03 tale: ends with trouble;
`);
