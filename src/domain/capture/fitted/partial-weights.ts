import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 464 threads; not to be edited by hand.

export const partialWeights = readWeights(`
-1.18; -2.61 marked as resolved; -1.79 tale: last well; 1.70 tale: well then look;
-1.49 tale: noeffect then giveup; 1.48 tale: ends with makeshift; -1.47 tale: since the last act look;
-1.38 tale: ends with act; -1.34 tale: any guess; 1.33 tale: since the last act makeshift;
1.31 tale: well then makeshift; 1.30 tale: any makeshift; 1.15 tale: act then noeffect;
-1.10 tale: any chat; -1.09 tale: noeffect then makeshift; 1.05 messages; 1.04 tale: well then cause;
-1.03 tale: since the last act noeffect; 1.00 tale: any cause; 1.00 tale: any well;
-0.98 tale: noeffect then look; -0.97 tale: last act; -0.92 ticked at the end; -0.91 acts;
-0.88 tale: act then look; 0.87 tale: well makeshift; -0.87 alert over; -0.86 tale: last noeffect;
-0.81 tale: ends with ask; -0.80 tale: any dismiss; 0.74 tale: since the last act act;
0.73 tale: act then makeshift; -0.72 tale: act then giveup; 0.71 tale: since the last act cause;
-0.70 tale: ends with cause; 0.70 alert fires; -0.70 tale: last dismiss; -0.68 tale: any ask;
-0.67 tale: since the last act well; -0.64 tale: ends with chat; -0.62 tale: last ask;
-0.61 tale: last giveup; -0.60 tale: since the last act propose; 0.59 tale: any look;
-0.58 tale: ends with dismiss; -0.57 tale: no effect for good; -0.53 tale: since the last act dismiss;
-0.51 tale: noeffect then guess; 0.51 tale: well then giveup; 0.50 tale: any noeffect;
0.50 tale: since the last act ask; 0.46 tale: well then act; -0.44 tale: last propose;
0.42 tale: ends with guess; 0.42 tale: noeffect then well; -0.41 tale: noeffect then cause;
0.41 tale: well then noeffect; -0.40 tale: since the last act guess; 0.40 tale: last chat;
-0.40 tale: act then cause; -0.34 tale: last trouble; -0.33 tale: well for good; 0.31 tale: last makeshift;
-0.28 tale: act then dismiss; -0.27 tale: noeffect then dismiss; 0.26 tale: well then trouble;
-0.26 tale: any trouble; -0.24 tale: since the last act chat; -0.24 tale: noeffect then trouble;
0.23 tale: ends with noeffect; -0.21 tale: last cause; -0.19 tale: ends with propose; -0.17 no act;
0.17 no alert; -0.16 tale: any act; 0.14 tale: ends with trouble; 0.10 tale: well then dismiss;
0.09 tale: ends with well; -0.09 tale: well then guess; 0.08 tale: since the last act giveup;
0.07 tale: any propose; -0.07 tale: last guess; 0.05 tale: last look; 0.05 tale: act then trouble;
0.05 tale: ends with giveup; 0.05 tale: since the last act trouble; 0.04 tale: any giveup;
0.04 tale: act then guess;
`);
