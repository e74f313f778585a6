import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 428 threads; not to be edited by hand.

export const failedWeights = readWeights(`
-2.78; 1.74 tale: since the last act noeffect; -1.72 marked as resolved; 1.69 tale: noeffect then act;
-1.55 tale: any look; 1.24 tale: since the last act cause; -1.24 tale: ends with look;
-1.22 tale: ends with act; -1.20 no act; 1.18 tale: act then look; 1.14 acts; 1.11 tale: any noeffect;
1.11 tale: since the last act propose; -1.08 tale: ends with well; -1.07 alert over;
-1.06 tale: well then act; -0.93 tale: any ask; 0.91 tale: no effect for good; -0.90 tale: any well;
0.90 tale: noeffect then look; -0.88 messages; -0.84 tale: act then well; 0.81 tale: any chat;
0.79 tale: since the last act giveup; 0.79 tale: ends with giveup; 0.78 tale: any giveup;
-0.76 tale: act then cause; 0.73 tale: noeffect then guess; 0.72 no alert; -0.72 tale: any propose;
-0.70 tale: any cause; 0.62 tale: act then noeffect; 0.61 tale: any act; -0.59 tale: well then makeshift;
0.57 tale: ends with ask; 0.56 tale: since the last act act; 0.52 tale: act then giveup;
-0.50 tale: well then noeffect; -0.49 tale: noeffect then cause; -0.48 tale: last chat;
0.46 tale: noeffect then giveup; 0.46 tale: ends with guess; -0.46 tale: ends with cause;
0.45 tale: since the last act look; -0.42 tale: ends with makeshift; -0.42 tale: noeffect then makeshift;
-0.39 tale: since the last act makeshift; -0.37 tale: act then makeshift; 0.35 alert fires;
0.34 tale: act then guess; -0.34 tale: well for good; 0.33 tale: since the last act chat;
0.31 tale: last ask; -0.27 tale: ends with noeffect; 0.27 tale: last giveup; 0.24 tale: act then dismiss;
0.23 tale: well then guess; 0.22 tale: noeffect then dismiss; 0.21 tale: since the last act well;
-0.21 tale: ends with trouble; 0.19 tale: any trouble; -0.18 tale: well then giveup;
-0.16 ticked at the end; -0.15 tale: well then look; 0.14 tale: last makeshift;
0.14 tale: since the last act ask; -0.13 tale: noeffect then well; 0.12 tale: last dismiss;
0.12 tale: ends with chat; 0.11 tale: any guess; 0.11 tale: well then dismiss; -0.10 tale: any dismiss;
-0.09 tale: any makeshift; -0.09 tale: ends with dismiss; 0.09 tale: ends with propose;
0.08 tale: well then cause; -0.08 tale: well then trouble; 0.05 tale: last cause; -0.05 tale: last well;
-0.04 tale: since the last act dismiss; 0.04 tale: last guess; -0.04 tale: last propose;
-0.03 tale: act then trouble;
`);
